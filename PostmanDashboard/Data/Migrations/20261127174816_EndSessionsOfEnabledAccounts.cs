using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class EndSessionsOfEnabledAccounts : Migration
    {
        private const string Drop = """DROP TRIGGER "AspNetUsers_EndSessionsOfDisabled";""";

        // Also when an account is enabled: one that was disabled before there was a trigger still has the stamp of its old cookies.
        // EF Core drops triggers when it rebuilds a table: a later migration that rebuilds AspNetUsers has to make this one again.
        private const string Trigger = """
            CREATE TRIGGER "AspNetUsers_EndSessionsOfDisabled" AFTER UPDATE OF "DisabledAt" ON "AspNetUsers"
            WHEN OLD."DisabledAt" IS NOT NEW."DisabledAt"
            BEGIN
                UPDATE "AspNetUsers" SET "SecurityStamp" = hex(randomblob(16)) WHERE "Id" = NEW."Id";
            END;
            """;

        private const string TriggerBefore = """
            CREATE TRIGGER "AspNetUsers_EndSessionsOfDisabled" AFTER UPDATE OF "DisabledAt" ON "AspNetUsers"
            WHEN NEW."DisabledAt" IS NOT NULL AND OLD."DisabledAt" IS NOT NEW."DisabledAt"
            BEGIN
                UPDATE "AspNetUsers" SET "SecurityStamp" = hex(randomblob(16)) WHERE "Id" = NEW."Id";
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Drop);
            migrationBuilder.Sql(Trigger);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Drop);
            migrationBuilder.Sql(TriggerBefore);
        }
    }
}
