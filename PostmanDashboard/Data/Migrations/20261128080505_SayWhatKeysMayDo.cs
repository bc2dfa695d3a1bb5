using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class SayWhatKeysMayDo : Migration
    {
        // In SQL, because EF Core would rebuild the table for a constraint, and lose its triggers.
        private const string Columns = """
            ALTER TABLE "ApiKeys" ADD COLUMN "Access" INTEGER NOT NULL DEFAULT 0 CONSTRAINT "CK_ApiKeys_Access" CHECK ("Access" IN (0, 1, 2));
            ALTER TABLE "ApiKeys" ADD COLUMN "LineId" TEXT NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
            ALTER TABLE "ApiKeys" ADD COLUMN "PausedAt" INTEGER NULL;
            ALTER TABLE "ApiKeys" ADD COLUMN "Networks" TEXT NULL CONSTRAINT "CK_ApiKeys_Networks" CHECK (
                length("Networks") <= 900 AND "Networks" NOT GLOB '*[^0-9a-f.:/ ]*' AND "Networks" GLOB '*/*[0-9]' AND "Networks" NOT GLOB ' *'
                AND length("Networks") - length(replace("Networks", '/', '')) <= 20
                AND length("Networks") - length(replace("Networks", '/', '')) = length("Networks") - length(replace("Networks", ' ', '')) + 1);
            """;

        // A rotation that was abandoned (1) left two keys.
        private const string Lines = """
            WITH RECURSIVE "Lines" ("KeyId", "FirstId") AS (
                SELECT "Id", "Id" FROM "ApiKeys"
                WHERE NOT EXISTS (SELECT 1 FROM "KeyRotations" WHERE "NewKeyId" = "ApiKeys"."Id" AND "End" IS NOT 1)
                UNION ALL
                SELECT "NewKeyId", "FirstId" FROM "KeyRotations" JOIN "Lines" ON "OldKeyId" = "KeyId" WHERE "End" IS NOT 1
            )
            UPDATE "ApiKeys" SET "LineId" = "FirstId" FROM "Lines" WHERE "KeyId" = "Id";
            """;

        private const string DropTrigger = """DROP TRIGGER "ApiKeys_NoteUpdate";""";

        private const string Trigger = """
            CREATE TRIGGER "ApiKeys_NoteUpdate" AFTER UPDATE OF
                "Id", "AccountId", "Hash", "Label", "Hint", "CreatedAt", "ExpiresAt", "FirstUsedAt", "DeletedAt", "Access", "LineId",
                "PausedAt", "Networks" ON "ApiKeys"
            WHEN (OLD."Id", OLD."AccountId", OLD."Hash", OLD."Label", OLD."Hint", OLD."CreatedAt", OLD."ExpiresAt", OLD."FirstUsedAt", OLD."DeletedAt",
                    OLD."Access", OLD."LineId", OLD."PausedAt", OLD."Networks")
                IS NOT (NEW."Id", NEW."AccountId", NEW."Hash", NEW."Label", NEW."Hint", NEW."CreatedAt", NEW."ExpiresAt", NEW."FirstUsedAt", NEW."DeletedAt",
                    NEW."Access", NEW."LineId", NEW."PausedAt", NEW."Networks")
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") VALUES (random(), OLD."Hash");
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), NEW."Hash" WHERE NEW."Hash" <> OLD."Hash";
            END;
            """;

        private const string TriggerBefore = """
            CREATE TRIGGER "ApiKeys_NoteUpdate" AFTER UPDATE OF
                "Id", "AccountId", "Hash", "Label", "Hint", "CreatedAt", "ExpiresAt", "FirstUsedAt", "DeletedAt" ON "ApiKeys"
            WHEN (OLD."Id", OLD."AccountId", OLD."Hash", OLD."Label", OLD."Hint", OLD."CreatedAt", OLD."ExpiresAt", OLD."FirstUsedAt", OLD."DeletedAt")
                IS NOT (NEW."Id", NEW."AccountId", NEW."Hash", NEW."Label", NEW."Hint", NEW."CreatedAt", NEW."ExpiresAt", NEW."FirstUsedAt", NEW."DeletedAt")
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") VALUES (random(), OLD."Hash");
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), NEW."Hash" WHERE NEW."Hash" <> OLD."Hash";
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Columns);
            migrationBuilder.Sql(Lines);
            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_LineId",
                table: "ApiKeys",
                column: "LineId");
            migrationBuilder.Sql(DropTrigger);
            migrationBuilder.Sql(Trigger);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(DropTrigger);
            migrationBuilder.DropIndex(
                name: "IX_ApiKeys_LineId",
                table: "ApiKeys");
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "Networks";""");
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "PausedAt";""");
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "Access";""");
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "LineId";""");
            migrationBuilder.Sql(TriggerBefore);
        }
    }
}
