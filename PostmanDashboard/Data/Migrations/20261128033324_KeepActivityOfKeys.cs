using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PostmanDashboard.Data.Migrations
{
    /// <inheritdoc />
    public partial class KeepActivityOfKeys : Migration
    {
        // By the database itself: whatever code comes, what happened to a key stays as it was written. A key is never removed from its table
        // either, which the foreign key holds.
        private const string Triggers = """
            CREATE TRIGGER "KeyEvents_NoUpdate" BEFORE UPDATE ON "KeyEvents"
            BEGIN
                SELECT RAISE(ABORT, 'The activity of a key is never changed.');
            END;

            CREATE TRIGGER "KeyEvents_NoDelete" BEFORE DELETE ON "KeyEvents"
            BEGIN
                SELECT RAISE(ABORT, 'The activity of a key is never deleted.');
            END;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "KeyEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ApiKeyId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    ActorAddress = table.Column<string>(type: "TEXT", maxLength: 45, nullable: true),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyEvents", x => x.Id);
                    table.CheckConstraint("CK_KeyEvents_Detail", "length(\"Detail\") BETWEEN 1 AND 500");
                    table.ForeignKey(
                        name: "FK_KeyEvents_ApiKeys_ApiKeyId",
                        column: x => x.ApiKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_KeyEvents_ApiKeyId",
                table: "KeyEvents",
                column: "ApiKeyId");

            migrationBuilder.Sql(Triggers);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "KeyEvents");
        }
    }
}
