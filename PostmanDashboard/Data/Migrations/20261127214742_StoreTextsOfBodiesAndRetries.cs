using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class StoreTextsOfBodiesAndRetries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "RetryId",
                table: "OutgoingMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Pictures",
                table: "Messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Text",
                table: "Messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_RetryId",
                table: "OutgoingMails",
                column: "RetryId",
                filter: "\"RetryId\" IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Messages_Text",
                table: "Messages",
                sql: "(\"Text\" IS NULL) = (\"Pictures\" IS NULL) AND (\"Body\" IS NOT NULL OR \"Text\" IS NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_RetryId",
                table: "OutgoingMails");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Messages_Text",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "RetryId",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Pictures",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Text",
                table: "Messages");
        }
    }
}
