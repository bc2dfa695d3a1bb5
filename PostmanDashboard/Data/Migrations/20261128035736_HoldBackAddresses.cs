using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class HoldBackAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "HeldAddresses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    NormalizedAddress = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    IsHeld = table.Column<bool>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    MessageId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReleasedBy = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldAddresses", x => x.Id);
                    table.CheckConstraint("CK_HeldAddresses_Released", "(\"ReleasedAt\" IS NULL) = (\"ReleasedBy\" IS NULL) AND (\"IsHeld\" OR \"ReleasedAt\" IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_HeldAddresses_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HeldAddresses_AspNetUsers_ReleasedBy",
                        column: x => x.ReleasedBy,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_HeldAddresses_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_HeldAddresses_AccountId_NormalizedAddress",
                table: "HeldAddresses",
                columns: new[] { "AccountId", "NormalizedAddress" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_HeldAddresses_All",
                table: "HeldAddresses",
                columns: new[] { "Since", "Id", "NormalizedAddress" },
                filter: "\"IsHeld\"");

            migrationBuilder.CreateIndex(
                name: "IX_HeldAddresses_MessageId",
                table: "HeldAddresses",
                column: "MessageId");

            migrationBuilder.CreateIndex(
                name: "IX_HeldAddresses_OfAccount",
                table: "HeldAddresses",
                columns: new[] { "AccountId", "Since", "Id", "NormalizedAddress" },
                filter: "\"IsHeld\"");

            migrationBuilder.CreateIndex(
                name: "IX_HeldAddresses_ReleasedBy",
                table: "HeldAddresses",
                column: "ReleasedBy");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HeldAddresses");
        }
    }
}
