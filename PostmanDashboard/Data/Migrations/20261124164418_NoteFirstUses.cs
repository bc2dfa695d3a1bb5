using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <summary>Keys that were used before first uses were written down were used at the latest when they were last used. No secret of theirs is replaced.</summary>
    public partial class NoteFirstUses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            UPDATE "ApiKeys" SET "FirstUsedAt" = "LastUsedAt" WHERE "LastUsedAt" IS NOT NULL
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The column goes with the migration before.
        }
    }
}
