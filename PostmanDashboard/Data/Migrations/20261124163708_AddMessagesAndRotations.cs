using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class AddMessagesAndRotations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_MessageId",
                table: "OutgoingMails");

            migrationBuilder.DropCheckConstraint(
                name: "CK_OutgoingMails_Settled",
                table: "OutgoingMails");

            migrationBuilder.AddColumn<Guid>(
                name: "CarriedMessageId",
                table: "OutgoingMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MessagesPerSecond",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FirstUsedAt",
                table: "ApiKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastUsedBy",
                table: "ApiKeys",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CalendarFeeds",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarFeeds", x => x.AccountId);
                    table.CheckConstraint("CK_CalendarFeeds_Hash", "length(\"SecretHash\") = 32");
                    table.ForeignKey(
                        name: "FK_CalendarFeeds_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EndedSessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ForgottenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EndedSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeyCallDays",
                columns: table => new
                {
                    ApiKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Calls = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyCallDays", x => new { x.ApiKeyId, x.Day, x.Outcome });
                    table.CheckConstraint("CK_KeyCallDays_Calls", "\"Calls\" > 0");
                    table.ForeignKey(
                        name: "FK_KeyCallDays_ApiKeys_ApiKeyId",
                        column: x => x.ApiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KeyCallers",
                columns: table => new
                {
                    ApiKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 45, nullable: false),
                    UserAgent = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Accepted = table.Column<long>(type: "INTEGER", nullable: false),
                    Refused = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyCallers", x => new { x.ApiKeyId, x.Address, x.UserAgent });
                    table.CheckConstraint("CK_KeyCallers_Seen", "\"FirstSeenAt\" <= \"LastSeenAt\" AND \"Accepted\" + \"Refused\" > 0");
                    table.ForeignKey(
                        name: "FK_KeyCallers_ApiKeys_ApiKeyId",
                        column: x => x.ApiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "KeyRotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OldKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NewKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    End = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyRotations", x => x.Id);
                    table.CheckConstraint("CK_KeyRotations_End", "(\"End\" IS NULL) = (\"EndedAt\" IS NULL)");
                    table.CheckConstraint("CK_KeyRotations_Keys", "\"OldKeyId\" <> \"NewKeyId\"");
                    table.ForeignKey(
                        name: "FK_KeyRotations_ApiKeys_NewKeyId",
                        column: x => x.NewKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_KeyRotations_ApiKeys_OldKeyId",
                        column: x => x.OldKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ApiKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Bcc = table.Column<string>(type: "TEXT", nullable: false),
                    Cc = table.Column<string>(type: "TEXT", nullable: false),
                    Classification = table.Column<int>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ErrorCode = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    ErrorReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    From = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    NormalizedRecipient = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    ReplyTo = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Tag = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                    table.CheckConstraint("CK_Messages_Status", "\"Status\" IN (0, 1, 2) AND (\"Status\" = 1) = (\"SentAt\" IS NOT NULL) AND (\"Status\" = 2) = (\"ErrorCode\" IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_Messages_ApiKeys_ApiKeyId",
                        column: x => x.ApiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Messages_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MessageAttachments",
                columns: table => new
                {
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageAttachments", x => new { x.MessageId, x.Position });
                    table.ForeignKey(
                        name: "FK_MessageAttachments_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SendReceipts",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    RequestHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendReceipts", x => new { x.AccountId, x.IdempotencyKey });
                    table.CheckConstraint("CK_SendReceipts_Hash", "length(\"RequestHash\") = 32");
                    table.ForeignKey(
                        name: "FK_SendReceipts_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails",
                column: "CarriedMessageId");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_MessageId_NormalizedRecipient",
                table: "OutgoingMails",
                columns: new[] { "MessageId", "NormalizedRecipient" },
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_OutgoingMails_Settled",
                table: "OutgoingMails",
                sql: "(\"State\" = 0) = (\"SettledAt\" IS NULL) AND (\"State\" <> 0 OR \"Text\" IS NOT NULL OR \"CarriedMessageId\" IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "CK_AspNetUsers_MessagesPerSecond",
                table: "AspNetUsers",
                sql: "\"MessagesPerSecond\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_CalendarFeeds_SecretHash",
                table: "CalendarFeeds",
                column: "SecretHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EndedSessions_ForgottenAt",
                table: "EndedSessions",
                column: "ForgottenAt");

            migrationBuilder.CreateIndex(
                name: "IX_KeyCallDays_Day",
                table: "KeyCallDays",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_KeyCallers_LastSeenAt",
                table: "KeyCallers",
                column: "LastSeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_KeyRotations_AccountId",
                table: "KeyRotations",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_KeyRotations_NewKeyId",
                table: "KeyRotations",
                column: "NewKeyId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_KeyRotations_OldKeyId",
                table: "KeyRotations",
                column: "OldKeyId",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ApiKey",
                table: "Messages",
                columns: new[] { "ApiKeyId", "AccountId", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Created",
                table: "Messages",
                columns: new[] { "AccountId", "Status", "CreatedAt", "Id", "ApiKeyId", "Tag", "NormalizedRecipient" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TagCreated",
                table: "Messages",
                columns: new[] { "AccountId", "Tag", "Status", "CreatedAt", "Id" },
                filter: "\"Tag\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_TagUpdated",
                table: "Messages",
                columns: new[] { "AccountId", "Tag", "Status", "UpdatedAt", "Id", "CreatedAt" },
                filter: "\"Tag\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Updated",
                table: "Messages",
                columns: new[] { "AccountId", "Status", "UpdatedAt", "Id", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SendReceipts_CreatedAt",
                table: "SendReceipts",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_SendReceipts_MessageId",
                table: "SendReceipts",
                column: "MessageId");

            migrationBuilder.AddForeignKey(
                name: "FK_OutgoingMails_Messages_CarriedMessageId",
                table: "OutgoingMails",
                column: "CarriedMessageId",
                principalTable: "Messages",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OutgoingMails_Messages_CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.DropTable(
                name: "CalendarFeeds");

            migrationBuilder.DropTable(
                name: "EndedSessions");

            migrationBuilder.DropTable(
                name: "KeyCallDays");

            migrationBuilder.DropTable(
                name: "KeyCallers");

            migrationBuilder.DropTable(
                name: "KeyRotations");

            migrationBuilder.DropTable(
                name: "MessageAttachments");

            migrationBuilder.DropTable(
                name: "SendReceipts");

            migrationBuilder.DropTable(
                name: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_MessageId_NormalizedRecipient",
                table: "OutgoingMails");

            migrationBuilder.DropCheckConstraint(
                name: "CK_OutgoingMails_Settled",
                table: "OutgoingMails");

            migrationBuilder.DropCheckConstraint(
                name: "CK_AspNetUsers_MessagesPerSecond",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "CarriedMessageId",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "MessagesPerSecond",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "FirstUsedAt",
                table: "ApiKeys");

            migrationBuilder.DropColumn(
                name: "LastUsedBy",
                table: "ApiKeys");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_MessageId",
                table: "OutgoingMails",
                column: "MessageId",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_OutgoingMails_Settled",
                table: "OutgoingMails",
                sql: "(\"State\" = 0) = (\"SettledAt\" IS NULL) AND (\"State\" <> 0 OR \"Text\" IS NOT NULL)");
        }
    }
}
