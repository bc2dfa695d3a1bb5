using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>Databases from when the reason of a cancellation was the sentence that people read.</summary>
public sealed class CancelReasonUpgradeTests : IDisposable
{
    private const string SentencesWereStored = "KeepWhichProgramsAreGone";

    private const string Answer = "550 the key was deleted";

    private static readonly (CancelReason Reason, string Sentence)[] Sentences =
    [
        (CancelReason.KeyDeleted, "the key was deleted"),
        (CancelReason.ContactRemoved, "no longer a contact"),
        (CancelReason.AccountDisabled, "the account was disabled"),
        (CancelReason.Superseded, "a tighter warning was due before it could be sent"),
        (CancelReason.NotDue, "it wasn't due: the clock was set back"),
    ];

    private readonly DashboardApplication application = new();

    [Fact]
    public async Task Reminders_and_mails_that_were_cancelled_keep_their_reasons()
    {
        await GoBackAsync();

        await MigrateAsync(to: null);

        await using var db = application.CreateDbContext();
        var mails = await db.OutgoingMails.Where(mail => mail.State == MailState.Cancelled).OrderBy(mail => mail.InternetMessageId).ToListAsync();
        Assert.Equal(Sentences.Select(sentence => sentence.Reason), mails.Select(mail => mail.CancelReason!.Value));
        Assert.All(mails, mail => Assert.Null(mail.Reason));
        var reminders = await db.Reminders.Where(reminder => reminder.CancelReason != null).OrderBy(reminder => reminder.Stage).ToListAsync();
        Assert.Equal(Sentences.Take(3).Select(sentence => sentence.Reason), reminders.Select(reminder => reminder.CancelReason!.Value));
        var failed = await db.OutgoingMails.SingleAsync(mail => mail.State == MailState.Failed);
        Assert.Equal((Answer, null), (failed.Reason, failed.CancelReason));
        Assert.Null((await db.Reminders.SingleAsync(reminder => reminder.Contact == "ben@agency.gov.sg")).CancelReason);
    }

    [Fact]
    public async Task The_version_before_can_have_them_back()
    {
        await GoBackAsync();
        await MigrateAsync(to: null);

        await MigrateAsync(SentencesWereStored);

        await using var db = application.CreateDbContext();
        Assert.Equal(
            Sentences.Select(sentence => sentence.Sentence),
            await db.Database.SqlQuery<string>($"SELECT Reason AS Value FROM OutgoingMails WHERE State = 3 ORDER BY MessageId").ToListAsync());
        Assert.Equal(
            Sentences.Take(3).Select(sentence => sentence.Sentence),
            await db.Database.SqlQuery<string>($"SELECT Reason AS Value FROM Reminders WHERE State = 3 ORDER BY Stage").ToListAsync());
    }

    [Fact]
    public void Every_reason_has_words() => Assert.Equal(
        Enum.GetValues<CancelReason>().Select(reason => (reason, reason.InWords())), Sentences);

    public void Dispose() => application.Dispose();

    private async Task MigrateAsync(string? to)
    {
        await using var db = application.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(to);
    }

    private async Task GoBackAsync()
    {
        _ = application.Services;
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(application.Folder, "postman.db"));
        await MigrateAsync(SentencesWereStored);
        var account = await application.AddAccountAsync("mei@agency.gov.sg");
        await using var db = application.CreateDbContext();
        var key = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO ApiKeys (Id, AccountId, Label, NormalizedLabel, Hash, Hint, CreatedAt, ExpiresAt)
            VALUES ({key}, {account.Id}, 'Grants', 'GRANTS', zeroblob(32), 'Q10SG', 0, 9)
            """);
        await AddReminderAsync(key, 0, "ben@agency.gov.sg", state: 0, reason: null);
        await AddMailAsync(9, state: 2, Answer);
        foreach (var (position, (_, sentence)) in Sentences.Index())
        {
            await AddMailAsync(position, state: 3, sentence);
        }

        foreach (var (stage, (_, sentence)) in Sentences.Take(3).Index())
        {
            await AddReminderAsync(key, stage, "ann@agency.gov.sg", state: 3, sentence);
        }
    }

    private async Task AddMailAsync(int position, int state, string reason)
    {
        await using var db = application.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO OutgoingMails
                (Id, Kind, Recipient, NormalizedRecipient, Subject, Text, Html, MessageId, State, CreatedAt, DueAt, GiveUpAt, Tries, Reason, SettledAt)
            VALUES
                ({Guid.CreateVersion7()}, 1, 'ann@agency.gov.sg', 'ann@agency.gov.sg', 'It expires', 'It expires.', '', {position.ToString("D2")},
                {state}, 0, 0, 0, 1, {reason}, 1)
            """);
    }

    private async Task AddReminderAsync(Guid key, int stage, string contact, int state, string? reason)
    {
        await using var db = application.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO Reminders (Id, ApiKeyId, Stage, Contact, NormalizedContact, DueAt, State, Reason)
            VALUES ({Guid.CreateVersion7()}, {key}, {stage}, {contact}, {contact}, 5, {state}, {reason})
            """);
    }
}
