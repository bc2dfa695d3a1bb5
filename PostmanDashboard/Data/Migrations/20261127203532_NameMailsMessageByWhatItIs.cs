using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class NameMailsMessageByWhatItIs : Migration
    {
        /// <inheritdoc />
        // SQLite renames a column wherever constraints and indexes mention it, so the table isn't rebuilt.
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_MessageId_NormalizedRecipient",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.RenameColumn(
                name: "MessageId",
                table: "OutgoingMails",
                newName: "InternetMessageId");

            migrationBuilder.RenameColumn(
                name: "CarriedMessageId",
                table: "OutgoingMails",
                newName: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_InternetMessageId_NormalizedRecipient",
                table: "OutgoingMails",
                columns: new[] { "InternetMessageId", "NormalizedRecipient" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_MessageId",
                table: "OutgoingMails",
                column: "MessageId",
                filter: "\"MessageId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_InternetMessageId_NormalizedRecipient",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_MessageId",
                table: "OutgoingMails");

            migrationBuilder.RenameColumn(
                name: "MessageId",
                table: "OutgoingMails",
                newName: "CarriedMessageId");

            migrationBuilder.RenameColumn(
                name: "InternetMessageId",
                table: "OutgoingMails",
                newName: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_MessageId_NormalizedRecipient",
                table: "OutgoingMails",
                columns: new[] { "MessageId", "NormalizedRecipient" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails",
                column: "CarriedMessageId",
                filter: "\"CarriedMessageId\" IS NOT NULL");
        }
    }
}
