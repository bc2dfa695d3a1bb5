using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>What is put into the outbox when somebody looks for reminders, late, twice or while things change.</summary>
public sealed class ReminderSweepTests : AsyncLifetime, IDisposable
{
    private const string Contact = "ops@agency.gov.sg";

    /// <summary>The days of the key's life on which its stages are due.</summary>
    private static readonly int[] Due = [151, 167, 178, 180, 181];

    private readonly DashboardApplication app = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await app.AddAccountAsync("mei@agency.gov.sg");

    protected override async Task TearDownAsync() => await app.DisposeAsync();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_sweep_that_was_off_for_any_time_loses_nothing_and_repeats_nothing() =>
        // The days on which the sweep is back, each after a gap; the rest of the time it is off.
        await Gen.Int[0, 200].HashSet[1, 12].SampleAsync(
            async days =>
            {
                using var fresh = new TestReminders();
                await fresh.IssueQuietlyAsync(await fresh.Keys.AddAccountAsync(), contacts: Contact);
                var expected = new List<int>();
                var before = 0;
                foreach (var day in days.Append(201).Order())
                {
                    fresh.Clock.SetUtcNow(TestClock.Start.AddDays(day).AddHours(1));
                    await fresh.RunJobsAsync();
                    await fresh.RunJobsAsync();
                    if (Due.LastOrDefault(at => at <= day && at >= before, -1) is >= 0 and var tightest)
                    {
                        expected.Add(tightest);
                    }

                    before = day + 1;
                }

                Assert.Equal(expected.Count, fresh.Mail.RemindersTo(Contact).Count);
                Assert.Equal("has expired", fresh.Mail.RemindersTo(Contact)[^1]);
                await using var db = fresh.Database.CreateDbContext();
                Assert.Equal(expected.Count, await db.Reminders.CountAsync(reminder => reminder.State == ReminderState.Queued));
                Assert.Equal(5 - expected.Count, await db.Reminders.CountAsync(reminder => reminder.State == ReminderState.Superseded));
            },
            iter: 12,
            threads: 1);

    [Fact]
    public async Task A_late_reminder_says_how_long_is_left_by_then()
    {
        await app.IssueKeyAsync(account, contacts: Contact);

        app.Clock.SetUtcNow(TestClock.Start.AddDays(170));
        await app.RunJobsAsync();

        Assert.Equal(["in 11 days"], app.Mail.RemindersTo(Contact));
    }

    [Fact]
    public async Task Twenty_sweeps_and_dispatchers_at_the_same_instant_send_nothing_twice()
    {
        for (var number = 0; number < 10; number++)
        {
            await app.IssueKeyAsync(account, $"System {number}", contacts: Contact);
        }

        app.Clock.SetUtcNow(TestClock.Start.AddDays(152));
        var jobs = app.Services.GetRequiredService<DashboardJobs>();
        await Together.RunAsync(20, async number =>
        {
            await jobs.SweepAsync(CancellationToken.None);
            await jobs.DispatchAsync(CancellationToken.None);
            return number;
        });
        await app.RunJobsAsync();

        Assert.Equal(10, app.Mail.RemindersTo(Contact).Count);
        Assert.Equal(app.Mail.Sent.Count, app.Mail.Sent.Select(mail => mail.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Six_hundred_keys_that_are_due_are_all_dealt_with_in_one_run()
    {
        using var many = new TestReminders();
        await many.Database.AddDueRemindersAsync(600, Contact, many.Clock.GetUtcNow());

        await many.RunJobsAsync();

        Assert.Equal(600, many.Mail.RemindersTo(Contact).Count);
    }

    [Fact]
    public async Task The_sweep_reads_only_what_is_due()
    {
        await using var db = app.CreateDbContext();

        var plan = await QueryPlan.OfAsync(db, ReminderSweep.Due(db, app.Clock.GetUtcNow()));

        Assert.Contains("SEARCH r USING INDEX IX_Reminders_DueAt (DueAt<?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dispatcher_reads_only_what_waits()
    {
        await using var db = app.CreateDbContext();
        var due = MailLeases.Due(db, app.Clock.GetUtcNow());

        Assert.Equal("SEARCH o USING INDEX IX_OutgoingMails_DueOwn (DueAt<?)", await QueryPlan.OfAsync(db, MailLeases.FirstOwn(due, 8)));
        Assert.Equal("SEARCH o USING INDEX IX_OutgoingMails_DueAt (DueAt<?)", await QueryPlan.OfAsync(db, MailLeases.FirstForMessages(due, 8)));
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_deleted_key()
    {
        var key = await app.IssueKeyAsync(account, contacts: Contact);
        await app.RunJobsAsync();
        app.Mail.Refusal = new MailDelivery.Refused("451 later", IsFinal: false);
        app.Clock.SetUtcNow(TestClock.Start.AddDays(152));
        await app.RunJobsAsync();

        // One reminder waits for another try when the key goes.
        await Keys.DeleteAsync(account.Id, key.Id, new Actor(account.Email!, null), CancellationToken.None);
        app.Mail.Refusal = null;
        await RunUntilAsync(TestClock.Start.AddDays(190));

        Assert.Empty(app.Mail.RemindersTo(Contact));
        Assert.Contains(app.Mail.To(Contact), mail => mail.Subject == "API key “Grant system” was deleted");
        await using var db = app.CreateDbContext();
        Assert.All(await db.Reminders.Where(reminder => reminder.State != ReminderState.Queued).ToListAsync(), reminder => Assert.Equal(
            CancelReason.KeyDeleted, reminder.CancelReason));
        Assert.Equal(CancelReason.KeyDeleted, (await db.OutgoingMails.SingleAsync(mail => mail.Kind == MailKind.Reminder)).CancelReason);
    }

    [Fact]
    public async Task A_contact_that_was_taken_off_hears_nothing_more_and_one_that_was_added_hears_what_is_still_to_come()
    {
        var key = await app.IssueKeyAsync(account, contacts: Contact);
        await RunUntilAsync(TestClock.Start.AddDays(152));

        await Editor.ChangeAsync(account.Id, key.Id, new KeyEdit("Grant system", ["new@agency.gov.sg"]), TestKeys.By(account), CancellationToken.None);
        await RunUntilAsync(TestClock.Start.AddDays(190));

        Assert.Equal(["in 1 month"], app.Mail.RemindersTo(Contact));
        Assert.Equal(["in 14 days", "in 3 days", "in 1 day", "has expired"], app.Mail.RemindersTo("new@agency.gov.sg"));
        Assert.Single(app.Mail.To("new@agency.gov.sg"), mail => mail.Subject == "You’re a contact for API key “Grant system”");
    }

    [Fact]
    public async Task A_contact_that_is_put_on_again_hears_what_is_still_to_come()
    {
        var key = await app.IssueKeyAsync(account, contacts: Contact);
        await Editor.ChangeAsync(account.Id, key.Id, new KeyEdit("Grant system", ["new@agency.gov.sg"]), TestKeys.By(account), CancellationToken.None);
        await RunUntilAsync(TestClock.Start.AddDays(152));

        await Editor.ChangeAsync(account.Id, key.Id, new KeyEdit("Grant system", [Contact]), TestKeys.By(account), CancellationToken.None);
        await RunUntilAsync(TestClock.Start.AddDays(190));

        Assert.Equal(["in 14 days", "in 3 days", "in 1 day", "has expired"], app.Mail.RemindersTo(Contact));
        Assert.Equal(["in 1 month"], app.Mail.RemindersTo("new@agency.gov.sg"));
    }

    [Fact]
    public async Task A_reminder_names_the_key_by_its_label_of_the_day()
    {
        var key = await app.IssueKeyAsync(account, contacts: Contact);
        await Editor.ChangeAsync(account.Id, key.Id, new KeyEdit("Payroll", [Contact]), TestKeys.By(account), CancellationToken.None);

        await RunUntilAsync(TestClock.Start.AddDays(152));

        Assert.Equal("API key “Payroll” expires in 1 month", app.Mail.To(Contact)[^1].Subject);
    }

    [Fact]
    public async Task While_its_account_is_disabled_nobody_is_reminded_of_a_key()
    {
        await app.IssueKeyAsync(account, contacts: Contact);
        await SetDisabledAsync(TestClock.Start);
        await RunUntilAsync(TestClock.Start.AddDays(152));

        await SetDisabledAsync(null);
        await RunUntilAsync(TestClock.Start.AddDays(190));

        Assert.Equal(["in 14 days", "in 3 days", "in 1 day", "has expired"], app.Mail.RemindersTo(Contact));
    }

    [Fact]
    public async Task The_mail_says_what_a_contact_must_know_and_never_a_token()
    {
        var key = await app.IssueKeyAsync(account, contacts: Contact);
        await RunUntilAsync(TestClock.Start.AddDays(152));

        var mail = app.Mail.To(Contact)[^1];
        foreach (var body in new[] { mail.TextBody, mail.HtmlBody })
        {
            Assert.NotNull(body);
            Assert.Contains("Grant system", body, StringComparison.Ordinal);
            Assert.Contains(key.Token.Hint, body, StringComparison.Ordinal);
            Assert.Contains("mei@agency.gov.sg", body, StringComparison.Ordinal);
            Assert.Contains("5 Jul 2026, 17:00 SGT", body, StringComparison.Ordinal);
            Assert.Contains("in 1 month", body, StringComparison.Ordinal);
            Assert.Contains($"/settings/keys/{key.Id}", body, StringComparison.Ordinal);
            Assert.True(
                body.IndexOf("Generate a new", StringComparison.Ordinal) < body.IndexOf("Put the new key", StringComparison.Ordinal)
                && body.IndexOf("Put the new key", StringComparison.Ordinal) < body.IndexOf("Delete the old", StringComparison.Ordinal));
        }

        Assert.All(app.Mail.Sent, sent => Assert.DoesNotContain(key.Token.Plaintext, sent.ToString(), StringComparison.Ordinal));
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task A_label_made_to_do_harm_does_none()
    {
        await app.IssueKeyAsync(account, "<img src=x onerror=alert(1)>\r\nBcc: x@y.example", contacts: Contact);
        await RunUntilAsync(TestClock.Start.AddDays(152));

        Assert.All(app.Mail.Sent, mail =>
        {
            Assert.Empty(mail.Bcc);
            Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.Ordinal);
            Assert.Contains("<img src=x onerror=alert(1)> Bcc: x@y.example", mail.Subject, StringComparison.Ordinal);
        });
    }

    private KeyEditor Editor => app.Services.GetRequiredService<KeyEditor>();

    private ApiKeyService Keys => app.Services.GetRequiredService<ApiKeyService>();

    private async Task RunUntilAsync(DateTimeOffset end)
    {
        await app.RunJobsAsync();
        while (app.Clock.GetUtcNow() < end)
        {
            // Before the first stage nothing is due.
            var isQuiet = app.Clock.GetUtcNow() < TestClock.Start.AddDays(Due[0] - 11);
            app.Clock.Advance(isQuiet ? TimeSpan.FromDays(10) : TimeSpan.FromHours(12));
            await app.RunJobsAsync();
        }
    }

    private async Task SetDisabledAsync(DateTimeOffset? since)
    {
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, since));
    }
}
