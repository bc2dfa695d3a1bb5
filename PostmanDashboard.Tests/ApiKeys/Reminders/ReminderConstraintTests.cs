using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>What the database refuses by itself about reminders and mails, whichever code writes to it.</summary>
public sealed class ReminderConstraintTests : AsyncLifetime, IDisposable
{
    private const int CheckViolation = 275;
    private const int ForeignKeyViolation = 787;
    private const int NotNullViolation = 1299;
    private const int RestrictViolation = 1811;
    private const int UniqueViolation = 2067;

    private readonly TestReminders reminders = new();
    private Reminder queued = null!;
    private Reminder planned = null!;
    private OutgoingMail waiting = null!;
    private OutgoingMail other = null!;

    public override async Task InitializeAsync()
    {
        var account = await reminders.Keys.AddAccountAsync();
        var key = await reminders.IssueQuietlyAsync(account);
        await reminders.GoToAsync(key, ReminderStage.OneMonth);
        await reminders.SweepAsync();
        await reminders.ContactTestMail.SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        var rows = await reminders.RemindersAsync(key);
        (queued, planned) = (rows.Single(row => row.State == ReminderState.Queued), rows.First(row => row.State == ReminderState.Planned));
        var mails = await reminders.MailsAsync();
        (waiting, other) = (mails.Single(mail => mail.Kind == MailKind.Reminder), mails.Single(mail => mail.Kind == MailKind.Test));
    }

    [Fact]
    public Task One_stage_of_one_contact_cannot_be_planned_twice() =>
        AssertRefusedAsync(UniqueViolation, $"UPDATE Reminders SET Stage = {(int)queued.Stage} WHERE Id = {planned.Id}");

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public Task A_stage_that_there_is_not_is_refused(int stage) =>
        AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET Stage = {stage} WHERE Id = {planned.Id}");

    [Fact]
    public async Task A_queued_reminder_has_a_mail_and_no_other_has()
    {
        await AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET MailId = NULL WHERE Id = {queued.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET State = 1 WHERE Id = {planned.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET MailId = {other.Id} WHERE Id = {planned.Id}");
    }

    [Fact]
    public async Task A_cancelled_reminder_has_a_reason_and_no_other_has()
    {
        await AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET State = 3 WHERE Id = {planned.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE Reminders SET CancelReason = 0 WHERE Id = {planned.Id}");
    }

    [Fact]
    public Task Two_reminders_cannot_share_a_mail() =>
        AssertRefusedAsync(UniqueViolation, $"UPDATE Reminders SET State = 1, MailId = {waiting.Id} WHERE Id = {planned.Id}");

    [Fact]
    public async Task A_reminder_of_no_key_or_with_no_mail_is_refused()
    {
        await AssertRefusedAsync(ForeignKeyViolation, $"UPDATE Reminders SET ApiKeyId = {Guid.NewGuid()} WHERE Id = {planned.Id}");
        await AssertRefusedAsync(ForeignKeyViolation, $"UPDATE Reminders SET MailId = {Guid.NewGuid()} WHERE Id = {queued.Id}");
    }

    [Fact]
    public Task The_mail_of_a_reminder_cannot_be_removed() =>
        AssertRefusedAsync(RestrictViolation, $"DELETE FROM OutgoingMails WHERE Id = {waiting.Id}");

    [Fact]
    public async Task A_mail_that_waits_is_not_settled_and_any_other_is()
    {
        await AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET SettledAt = 1 WHERE Id = {waiting.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET State = 1 WHERE Id = {waiting.Id}");
    }

    [Fact]
    public async Task A_cancelled_mail_has_a_reason_and_no_other_has()
    {
        await AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET State = 3, SettledAt = 1 WHERE Id = {waiting.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET CancelReason = 0 WHERE Id = {waiting.Id}");
    }

    [Fact]
    public Task A_mail_that_waits_has_a_body() =>
        AssertRefusedAsync(CheckViolation, $"UPDATE OutgoingMails SET Text = NULL WHERE Id = {waiting.Id}");

    [Fact]
    public async Task One_fact_is_told_once_and_one_message_id_is_one_mail()
    {
        await AssertRefusedAsync(UniqueViolation, $"UPDATE OutgoingMails SET OnceOnly = {waiting.OnceOnly} WHERE Id = {other.Id}");
        await AssertRefusedAsync(UniqueViolation, $"UPDATE OutgoingMails SET InternetMessageId = {waiting.InternetMessageId} WHERE Id = {other.Id}");
        await AssertRefusedAsync(NotNullViolation, $"UPDATE OutgoingMails SET InternetMessageId = NULL WHERE Id = {other.Id}");
    }

    public void Dispose() => reminders.Dispose();

    private async Task AssertRefusedAsync(int violation, FormattableString sql)
    {
        await using var db = reminders.Database.CreateDbContext();
        Assert.Equal(violation, (await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync(sql))).SqliteExtendedErrorCode);
    }
}
