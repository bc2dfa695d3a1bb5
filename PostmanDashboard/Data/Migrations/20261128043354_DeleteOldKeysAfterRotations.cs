using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class DeleteOldKeysAfterRotations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AutoDeleteBy",
                table: "KeyRotations",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DeleteAt",
                table: "KeyRotations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "TakesOldLabel",
                table: "KeyRotations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_KeyRotations_Automatic",
                table: "KeyRotations",
                column: "StartedAt",
                filter: "\"AutoDeleteBy\" IS NOT NULL AND \"EndedAt\" IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "CK_KeyRotations_DeleteAt",
                table: "KeyRotations",
                sql: "\"DeleteAt\" IS NULL OR (\"AutoDeleteBy\" IS NOT NULL AND \"EndedAt\" IS NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_KeyRotations_Automatic",
                table: "KeyRotations");

            migrationBuilder.DropCheckConstraint(
                name: "CK_KeyRotations_DeleteAt",
                table: "KeyRotations");

            migrationBuilder.DropColumn(
                name: "AutoDeleteBy",
                table: "KeyRotations");

            migrationBuilder.DropColumn(
                name: "DeleteAt",
                table: "KeyRotations");

            migrationBuilder.DropColumn(
                name: "TakesOldLabel",
                table: "KeyRotations");
        }
    }
}
