using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class RecordFailuresOfMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MailFailures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MailId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcknowledgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AcknowledgedBy = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailFailures", x => x.Id);
                    table.CheckConstraint("CK_MailFailures_Acknowledged", "(\"AcknowledgedAt\" IS NULL) = (\"AcknowledgedBy\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_MailFailures_AspNetUsers_AcknowledgedBy",
                        column: x => x.AcknowledgedBy,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MailFailures_OutgoingMails_MailId",
                        column: x => x.MailId,
                        principalTable: "OutgoingMails",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_Own",
                table: "OutgoingMails",
                columns: new[] { "State", "SettledAt" },
                filter: "\"MessageId\" IS NULL AND \"SettledAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MailFailures_AcknowledgedBy",
                table: "MailFailures",
                column: "AcknowledgedBy");

            migrationBuilder.CreateIndex(
                name: "IX_MailFailures_FailedAt_Kind",
                table: "MailFailures",
                columns: new[] { "FailedAt", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_MailFailures_MailId_FailedAt",
                table: "MailFailures",
                columns: new[] { "MailId", "FailedAt" });

            // Those that are failed now. What failed before and was tried again is not known any more.
            migrationBuilder.Sql(
                """
                INSERT INTO "MailFailures" ("Id", "MailId", "Kind", "FailedAt")
                SELECT "Id", "Id", "Kind", "SettledAt" FROM "OutgoingMails" WHERE "State" = 2
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MailFailures");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_Own",
                table: "OutgoingMails");
        }
    }
}
