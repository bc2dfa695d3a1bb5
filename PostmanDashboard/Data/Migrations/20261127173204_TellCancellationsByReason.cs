using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <summary>Why a reminder or a mail was cancelled becomes a number; it was the sentence that people read.</summary>
    public partial class TellCancellationsByReason : Migration
    {
        /// <summary>The sentences of all versions so far, by their numbers.</summary>
        private static readonly string[] Sentences =
        [
            "the key was deleted",
            "no longer a contact",
            "the account was disabled",
            "a tighter warning was due before it could be sent",
            "it wasn't due: the clock was set back",
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "Reminders", "OutgoingMails" })
            {
                migrationBuilder.AddColumn<int>(name: "CancelReason", table: table, type: "INTEGER", nullable: true);
                migrationBuilder.Sql($"""UPDATE "{table}" SET "CancelReason" = CASE "Reason" {NumbersBySentence()} ELSE 0 END WHERE "State" = 3""");
            }

            migrationBuilder.Sql("""UPDATE "OutgoingMails" SET "Reason" = NULL WHERE "State" = 3""");

            // SQLite makes both tables anew for these, after all that stands above.
            migrationBuilder.DropCheckConstraint(
                name: "CK_Reminders_Reason",
                table: "Reminders");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "Reminders");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Reminders_CancelReason",
                table: "Reminders",
                sql: "(\"State\" = 3) = (\"CancelReason\" IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "CK_OutgoingMails_CancelReason",
                table: "OutgoingMails",
                sql: "(\"State\" = 3) = (\"CancelReason\" IS NOT NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "Reminders",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            foreach (var table in new[] { "Reminders", "OutgoingMails" })
            {
                migrationBuilder.Sql($"""UPDATE "{table}" SET "Reason" = CASE "CancelReason" {SentencesByNumber()} END WHERE "State" = 3""");
            }

            migrationBuilder.DropCheckConstraint(
                name: "CK_Reminders_CancelReason",
                table: "Reminders");

            migrationBuilder.DropCheckConstraint(
                name: "CK_OutgoingMails_CancelReason",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "CancelReason",
                table: "Reminders");

            migrationBuilder.DropColumn(
                name: "CancelReason",
                table: "OutgoingMails");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Reminders_Reason",
                table: "Reminders",
                sql: "(\"State\" = 3) = (\"Reason\" IS NOT NULL)");
        }

        private static string NumbersBySentence() => string.Join(' ', Sentences.Select((sentence, number) => $"WHEN {Quote(sentence)} THEN {number}"));

        private static string SentencesByNumber() => string.Join(' ', Sentences.Select((sentence, number) => $"WHEN {number} THEN {Quote(sentence)}"));

        private static string Quote(string text) => $"'{text.Replace("'", "''")}'";
    }
}
