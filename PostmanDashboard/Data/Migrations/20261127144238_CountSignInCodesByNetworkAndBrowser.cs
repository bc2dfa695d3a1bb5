using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class CountSignInCodesByNetworkAndBrowser : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "ClientAddress",
                table: "SignInCodes",
                newName: "Network");

            migrationBuilder.RenameIndex(
                name: "IX_SignInCodes_ClientAddress_CreatedAt",
                table: "SignInCodes",
                newName: "IX_SignInCodes_Network_CreatedAt");

            migrationBuilder.AddColumn<Guid>(
                name: "Browser",
                table: "SignInCodes",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Browser",
                table: "SignInCodes");

            migrationBuilder.RenameColumn(
                name: "Network",
                table: "SignInCodes",
                newName: "ClientAddress");

            migrationBuilder.RenameIndex(
                name: "IX_SignInCodes_Network_CreatedAt",
                table: "SignInCodes",
                newName: "IX_SignInCodes_ClientAddress_CreatedAt");
        }
    }
}
