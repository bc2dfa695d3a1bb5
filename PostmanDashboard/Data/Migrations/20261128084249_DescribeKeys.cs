using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class DescribeKeys : Migration
    {
        // In SQL, because EF Core would rebuild the table for a constraint, and lose its triggers.
        private const string Columns = """
            ALTER TABLE "ApiKeys" ADD COLUMN "Note" TEXT NULL CONSTRAINT "CK_ApiKeys_Note" CHECK (length("Note") BETWEEN 1 AND 500);
            ALTER TABLE "ApiKeys" ADD COLUMN "Owner" TEXT NULL CONSTRAINT "CK_ApiKeys_Owner" CHECK (length("Owner") BETWEEN 1 AND 100);
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Columns);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "Owner";""");
            migrationBuilder.Sql("""ALTER TABLE "ApiKeys" DROP COLUMN "Note";""");
        }
    }
}
