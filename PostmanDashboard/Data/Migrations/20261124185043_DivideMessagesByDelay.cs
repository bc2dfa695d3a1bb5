using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class DivideMessagesByDelay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_TagUpdated",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Updated",
                table: "Messages");

            migrationBuilder.AddColumn<int>(
                name: "Delay",
                table: "Messages",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "CASE WHEN \"UpdatedAt\" - \"CreatedAt\" <= 600000000 THEN 0 WHEN \"UpdatedAt\" - \"CreatedAt\" <= 6000000000 THEN 1 WHEN \"UpdatedAt\" - \"CreatedAt\" <= 72000000000 THEN 2 WHEN \"UpdatedAt\" - \"CreatedAt\" <= 864000000000 THEN 3 ELSE 4 END",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_DueOwn",
                table: "OutgoingMails",
                column: "DueAt",
                filter: "\"State\" = 0 AND \"CarriedMessageId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_WithText",
                table: "OutgoingMails",
                column: "SettledAt",
                filter: "\"Text\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TagUpdated",
                table: "Messages",
                columns: new[] { "AccountId", "Tag", "Status", "Delay", "UpdatedAt", "Id", "CreatedAt" },
                filter: "\"Tag\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Updated",
                table: "Messages",
                columns: new[] { "AccountId", "Status", "Delay", "UpdatedAt", "Id", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_WithBody",
                table: "Messages",
                column: "CreatedAt",
                filter: "\"Body\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_DueOwn",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_WithText",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_Messages_TagUpdated",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Updated",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_WithBody",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Delay",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TagUpdated",
                table: "Messages",
                columns: new[] { "AccountId", "Tag", "Status", "UpdatedAt", "Id", "CreatedAt" },
                filter: "\"Tag\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Updated",
                table: "Messages",
                columns: new[] { "AccountId", "Status", "UpdatedAt", "Id", "CreatedAt" });
        }
    }
}
