using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Mail.Failures;

/// <summary>Databases from when a failure was known for as long as its mail was failed.</summary>
public sealed class RecordedFailureUpgradeTests : IDisposable
{
    private const int CheckViolation = 275;

    private readonly TestReminders reminders = new();

    public void Dispose() => reminders.Dispose();

    [Fact]
    public async Task What_is_failed_is_on_record_after_the_upgrade_and_an_acknowledgement_says_by_whom()
    {
        reminders.Mail.Refusal = new MailDelivery.Refused("550 No such mailbox", IsFinal: true);
        await reminders.Keys.IssueAsync(await reminders.Keys.AddAccountAsync(), "Payroll");
        await reminders.SendAsync();
        await using var db = reminders.Database.CreateDbContext();
        var migrations = db.Database.GetMigrations().ToList();
        var before = migrations[migrations.FindIndex(name => name.EndsWith("_RecordFailuresOfMails", StringComparison.Ordinal)) - 1];

        await db.GetService<IMigrator>().MigrateAsync(before);
        await db.GetService<IMigrator>().MigrateAsync();

        var mail = await db.OutgoingMails.SingleAsync();
        var failure = await db.MailFailures.SingleAsync();
        Assert.Equal(MailState.Failed, mail.State);
        Assert.Equal((mail.Id, mail.Kind, mail.SettledAt!.Value), (failure.MailId, failure.Kind, failure.FailedAt));
        Assert.Null(failure.AcknowledgedAt);
        var refused = await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync($"UPDATE MailFailures SET AcknowledgedAt = 1"));
        Assert.Equal(CheckViolation, refused.SqliteExtendedErrorCode);
    }
}
