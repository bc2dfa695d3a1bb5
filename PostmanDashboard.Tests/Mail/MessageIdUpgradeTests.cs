using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail;

/// <summary>Databases from when the message of a mail was its <c>CarriedMessageId</c>, and its Internet Message-ID its <c>MessageId</c>.</summary>
public sealed class MessageIdUpgradeTests : AsyncLifetime, IDisposable
{
    private const string OlderVersion = "LeaveOwnMailsOutOfTheIndexOfMessages";
    private const int CheckViolation = 275;
    private const int ForeignKeyViolation = 787;
    private const int UniqueViolation = 2067;

    private readonly DashboardApplication application = new();

    /// <summary>The notice of a new key, and the mail of a message.</summary>
    public override async Task InitializeAsync()
    {
        var account = await application.AddAccountAsync("mei@agency.gov.sg");
        var key = await application.IssueKeyAsync(account);
        await using var db = application.CreateDbContext();
        var message = await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, application.Clock.GetUtcNow()));
        await db.AddCopyAsync(message, message.Recipient, MailState.Waiting);
    }

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Mails_keep_their_message_and_their_internet_message_id()
    {
        var before = await MailsAsync();
        await MigrateAsync(OlderVersion);
        Assert.Equal(
            before.Select(mail => mail.InternetMessageId),
            await StoredAsync($"SELECT MessageId AS Value FROM OutgoingMails ORDER BY Id"));

        await MigrateAsync(to: null);

        Assert.Single(before, mail => mail.MessageId is not null);
        Assert.Equal(before, await MailsAsync());
    }

    [Fact]
    public async Task The_rules_of_the_table_hold_after_the_upgrade()
    {
        await MigrateAsync(OlderVersion);

        await MigrateAsync(to: null);

        await AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET State = 0, SettledAt = NULL, Text = NULL, MessageId = NULL");
        await AssertRefusedAsync(ForeignKeyViolation, $"UPDATE OutgoingMails SET MessageId = 'nobody'");
        await AssertRefusedAsync(UniqueViolation, $"UPDATE OutgoingMails SET InternetMessageId = 'same', NormalizedRecipient = 'same'");
        Assert.Empty(await StoredAsync($"SELECT name AS Value FROM sqlite_master WHERE sql LIKE '%\"CarriedMessageId\"%'"));
    }

    private async Task<List<(Guid? MessageId, string InternetMessageId)>> MailsAsync()
    {
        await using var db = application.CreateDbContext();
        return [.. (await db.OutgoingMails.OrderBy(mail => mail.Id).ToListAsync()).Select(mail => (mail.MessageId, mail.InternetMessageId))];
    }

    private async Task MigrateAsync(string? to)
    {
        await using var db = application.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(to);
    }

    private async Task<List<string>> StoredAsync(FormattableString query)
    {
        await using var db = application.CreateDbContext();
        return await db.Database.SqlQuery<string>(query).ToListAsync();
    }

    private async Task AssertRefusedAsync(int violation, FormattableString sql)
    {
        await using var db = application.CreateDbContext();
        Assert.Equal(violation, (await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync(sql))).SqliteExtendedErrorCode);
    }
}
