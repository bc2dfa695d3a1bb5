using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class EndSessionsOfDisabledAccounts : Migration
    {
        // By the database itself, because operators disable accounts by hand: a cookie from before doesn't come back with its account.
        // EF Core drops triggers when it rebuilds a table: a later migration that rebuilds AspNetUsers has to make this one again.
        private const string Trigger = """
            CREATE TRIGGER "AspNetUsers_EndSessionsOfDisabled" AFTER UPDATE OF "DisabledAt" ON "AspNetUsers"
            WHEN NEW."DisabledAt" IS NOT NULL AND OLD."DisabledAt" IS NOT NEW."DisabledAt"
            BEGIN
                UPDATE "AspNetUsers" SET "SecurityStamp" = hex(randomblob(16)) WHERE "Id" = NEW."Id";
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Trigger);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP TRIGGER \"AspNetUsers_EndSessionsOfDisabled\";");
    }
}
