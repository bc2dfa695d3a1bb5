using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class AddBrowserLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "LinkHash",
                table: "SignInCodes",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LinkUsedAt",
                table: "SignInCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInCodes_LinkHash",
                table: "SignInCodes",
                column: "LinkHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SignInCodes_LinkHash",
                table: "SignInCodes");

            migrationBuilder.DropColumn(
                name: "LinkHash",
                table: "SignInCodes");

            migrationBuilder.DropColumn(
                name: "LinkUsedAt",
                table: "SignInCodes");
        }
    }
}
