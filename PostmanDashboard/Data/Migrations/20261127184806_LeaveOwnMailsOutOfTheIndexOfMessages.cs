using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class LeaveOwnMailsOutOfTheIndexOfMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails",
                column: "CarriedMessageId",
                filter: "\"CarriedMessageId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails",
                column: "CarriedMessageId");
        }
    }
}
