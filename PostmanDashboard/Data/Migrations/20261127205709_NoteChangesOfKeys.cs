using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class NoteChangesOfKeys : Migration
    {
        // By the database itself, because operators change rows by hand, and so that no code can forget it. Every column that the check of a
        // call reads is noted; counts of calls aren't. EF Core drops triggers when it rebuilds a table: a later migration that rebuilds ApiKeys
        // or AspNetUsers has to create these again.
        private const string Triggers = """
            CREATE TRIGGER "KeyChanges_DropOldest" AFTER INSERT ON "KeyChanges"
            BEGIN
                DELETE FROM "KeyChanges" WHERE "Sequence" <= NEW."Sequence" - 1000;
            END;

            CREATE TRIGGER "ApiKeys_NoteInsert" AFTER INSERT ON "ApiKeys"
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") VALUES (random(), NEW."Hash");
            END;

            CREATE TRIGGER "ApiKeys_NoteDelete" AFTER DELETE ON "ApiKeys"
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") VALUES (random(), OLD."Hash");
            END;

            CREATE TRIGGER "ApiKeys_NoteUpdate" AFTER UPDATE OF
                "Id", "AccountId", "Hash", "Label", "Hint", "CreatedAt", "ExpiresAt", "FirstUsedAt", "DeletedAt" ON "ApiKeys"
            WHEN (OLD."Id", OLD."AccountId", OLD."Hash", OLD."Label", OLD."Hint", OLD."CreatedAt", OLD."ExpiresAt", OLD."FirstUsedAt", OLD."DeletedAt")
                IS NOT (NEW."Id", NEW."AccountId", NEW."Hash", NEW."Label", NEW."Hint", NEW."CreatedAt", NEW."ExpiresAt", NEW."FirstUsedAt", NEW."DeletedAt")
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") VALUES (random(), OLD."Hash");
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), NEW."Hash" WHERE NEW."Hash" <> OLD."Hash";
            END;

            CREATE TRIGGER "AspNetUsers_NoteInsert" AFTER INSERT ON "AspNetUsers"
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), "Hash" FROM "ApiKeys" WHERE "AccountId" = NEW."Id";
            END;

            CREATE TRIGGER "AspNetUsers_NoteDelete" AFTER DELETE ON "AspNetUsers"
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), "Hash" FROM "ApiKeys" WHERE "AccountId" = OLD."Id";
            END;

            CREATE TRIGGER "AspNetUsers_NoteUpdate" AFTER UPDATE OF "Id", "Email", "DisabledAt", "MessagesPerSecond" ON "AspNetUsers"
            WHEN (OLD."Id", OLD."Email", OLD."DisabledAt", OLD."MessagesPerSecond")
                IS NOT (NEW."Id", NEW."Email", NEW."DisabledAt", NEW."MessagesPerSecond")
            BEGIN
                INSERT INTO "KeyChanges" ("Stamp", "Hash") SELECT random(), "Hash" FROM "ApiKeys" WHERE "AccountId" IN (OLD."Id", NEW."Id");
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "KeyChanges",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Stamp = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyChanges", x => x.Sequence);
                    table.CheckConstraint("CK_KeyChanges_Hash", "length(\"Hash\") = 32");
                });

            migrationBuilder.Sql(Triggers);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "ApiKeys", "AspNetUsers" })
            {
                foreach (var change in new[] { "Insert", "Delete", "Update" })
                {
                    migrationBuilder.Sql($"DROP TRIGGER \"{table}_Note{change}\";");
                }
            }

            migrationBuilder.DropTable(
                name: "KeyChanges");
        }
    }
}
