using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class NoteErrorCodesOfMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ErrorCode",
                table: "OutgoingMails",
                type: "TEXT",
                maxLength: 50,
                nullable: true);

            // What failed before: the words that were written then begin with the code, or say that the time was over.
            migrationBuilder.Sql("""
                UPDATE "OutgoingMails" SET "ErrorCode" = CASE
                    WHEN "Reason" LIKE 'Given up after three days.%' THEN 'expired'
                    WHEN "Reason" GLOB '[245][0-9][0-9]*' THEN substr("Reason", 1, 3)
                    ELSE 'refused' END
                WHERE "State" = 2
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ErrorCode",
                table: "OutgoingMails");
        }
    }
}
