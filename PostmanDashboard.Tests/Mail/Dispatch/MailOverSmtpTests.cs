using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>The outbox against a real mail server that refuses, hangs up and is away.</summary>
public sealed class MailOverSmtpTests
{
    private const string Good = "good@agency.gov.sg";
    private const string Bad = "bad@agency.gov.sg";

    /// <summary>For its owner and two contacts.</summary>
    private const int NewKeyMails = 3;

    [FactNeeding(Needs.MailServer)]
    public async Task A_test_mail_and_a_reminder_reach_every_contact()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await using var app = Start(server.Port);
        var (account, key) = await IssueAsync(app);
        await app.RunJobsAsync();
        await server.NextAsync(NewKeyMails);

        await app.Services.GetRequiredService<ContactTestMail>().SendAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        await app.RunJobsAsync();
        var tests = await server.NextAsync(2);
        app.Clock.Advance(TimeSpan.FromDays(151));
        await app.RunJobsAsync();
        var reminders = await server.NextAsync(2);

        Assert.All((IReadOnlyList<ReceivedMail>[])[tests, reminders], mails => Assert.Equal([Bad, Good], mails.SelectMany(mail => mail.Recipients).Order()));
        Assert.All(tests, mail => Assert.StartsWith("Test mail for API key", mail.Read().Subject, StringComparison.Ordinal));
        Assert.All(reminders, mail => Assert.Equal("in 1 month", mail.Read().Stage()));
    }

    [Fact]
    public async Task A_contact_that_does_not_exist_holds_nobody_up_and_the_reason_is_kept()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Bad, "550 5.1.1 No such mailbox");
        await using var app = Start(server.Port);
        var (account, key) = await IssueAsync(app);

        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunJobsAsync();

        Assert.Equal(1, await CountAsync(app, Good, MailState.Sent));
        await using var db = app.CreateDbContext();
        var failed = await db.OutgoingMails.SingleAsync(mail => mail.Recipient == Bad);
        Assert.Equal((MailState.Failed, 1), (failed.State, failed.Tries));
        Assert.Contains("550 5.1.1 No such mailbox", failed.Reason, StringComparison.Ordinal);
        var unreachable = await app.Services.GetRequiredService<UnreachableContacts>().FindAsync(account.Id, CancellationToken.None);
        Assert.Equal([Bad], unreachable[key]);
    }

    [Fact]
    public async Task A_greylisted_contact_gets_its_mail_once_under_one_message_id()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Bad, "451 4.7.1 Greylisted", times: 2);
        await using var app = Start(server.Port);
        await IssueAsync(app);

        for (var minute = 0; minute < 5; minute++)
        {
            await app.RunJobsAsync();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, await CountAsync(app, Bad, MailState.Sent));
        var received = await server.NextAsync(NewKeyMails);
        Assert.Single(received, mail => mail.Recipients.Contains(Bad));
        Assert.Single(received, mail => mail.Recipients.Contains(Good));
    }

    [Fact]
    public async Task A_contact_that_is_deferred_for_three_days_on_end_has_failed_for_good_with_what_the_server_said()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Bad, "451 4.2.1 Mailbox is busy");
        await using var app = Start(server.Port);
        var (account, key) = await IssueAsync(app);
        var began = app.Clock.GetUtcNow();

        while (app.Clock.GetUtcNow() < began.AddDays(3) - TimeSpan.FromHours(4))
        {
            await app.RunJobsAsync();
            Assert.Equal(1, await CountAsync(app, Bad, MailState.Waiting));
            app.Clock.Advance(TimeSpan.FromHours(4));
        }

        for (var hour = 0; hour < 5; hour++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await app.RunJobsAsync();
        }

        await using var db = app.CreateDbContext();
        var failed = await db.OutgoingMails.SingleAsync(mail => mail.Recipient == Bad);
        Assert.Equal((MailState.Failed, "Given up after three days. 451 4.2.1 Mailbox is busy"), (failed.State, failed.Reason));
        Assert.InRange(failed.SettledAt!.Value - began, TimeSpan.FromDays(3), TimeSpan.FromDays(3) + TimeSpan.FromHours(4));
        var unreachable = await app.Services.GetRequiredService<UnreachableContacts>().FindAsync(account.Id, CancellationToken.None);
        Assert.Equal([Bad], unreachable[key]);
        // Its neighbour got the mail of the first hour, once.
        Assert.Single(await server.NextAsync(2), mail => mail.Recipients.Contains(Good));
        Assert.True(server.IsEmpty);
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_mail_whose_server_hung_up_is_sent_again_under_the_same_message_id()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.DropNextAsync();
        await using var app = Start(server.Port, connections: 1);
        await IssueAsync(app);

        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(40));
        await app.RunJobsAsync();
        await using (var db = app.CreateDbContext())
        {
            var waiting = await db.OutgoingMails.SingleAsync(mail => mail.State == MailState.Waiting);
            Assert.StartsWith("It may have arrived: ", waiting.Reason, StringComparison.Ordinal);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.RunJobsAsync();

        var received = await server.NextAsync(4);
        Assert.True(server.IsEmpty);
        var twice = Assert.Single(received.GroupBy(mail => mail.Read().MessageId), mails => mails.Count() > 1);
        Assert.Equal([false, true], twice.Select(mail => mail.Answered));
    }

    [Fact]
    public async Task While_the_server_is_away_mails_wait_and_go_out_when_it_is_back()
    {
        var port = DashboardProcess.FreePort();
        await using var app = Start(port);
        await IssueAsync(app);
        for (var hour = 0; hour < 48; hour += 4)
        {
            await app.RunJobsAsync();
            app.Clock.Advance(TimeSpan.FromHours(4));
        }

        await using (var db = app.CreateDbContext())
        {
            Assert.All(await db.OutgoingMails.ToListAsync(), mail => Assert.Equal((MailState.Waiting, true), (mail.State, mail.Reason != null)));
        }

        await using var server = await TestSmtpServer.StartAsync(port: port);
        app.Clock.Advance(TimeSpan.FromHours(4));
        await app.RunJobsAsync();
        await app.RunJobsAsync();

        var received = await server.NextAsync(NewKeyMails);
        Assert.Equal(3, received.SelectMany(mail => mail.Recipients).Distinct().Count());
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task A_server_that_stays_away_for_three_days_is_given_up()
    {
        await using var app = Start(DashboardProcess.FreePort());
        await IssueAsync(app);
        await app.RunJobsAsync();

        app.Clock.Advance(TimeSpan.FromDays(3));
        await app.RunJobsAsync();

        await using var db = app.CreateDbContext();
        Assert.All(await db.OutgoingMails.ToListAsync(), mail =>
        {
            Assert.Equal(MailState.Failed, mail.State);
            Assert.StartsWith("Given up after three days", mail.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Many_mails_go_over_few_connections()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = Start(server.Port, connections: 3);
        var account = await app.AddAccountAsync(Good);
        for (var number = 0; number < 30; number++)
        {
            await app.IssueKeyAsync(account, $"System {number}");
        }

        await app.RunJobsAsync();

        Assert.InRange((await server.NextAsync(30)).Select(mail => mail.PeerPort).Distinct().Count(), 1, 3);
    }

    [Fact]
    public async Task When_no_contact_can_be_reached_the_account_is_told_which_once()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Good, "550 5.1.1 Gone");
        server.Refuse(Bad, "550 5.1.1 Gone");
        await using var app = Start(server.Port);
        await IssueAsync(app);
        app.Clock.Advance(TimeSpan.FromDays(152));

        await app.RunJobsAsync();
        await app.RunJobsAsync();

        await using var db = app.CreateDbContext();
        var told = await db.OutgoingMails.SingleAsync(mail => mail.Kind == MailKind.UnreachableContacts);
        Assert.Equal(("mei@agency.gov.sg", MailState.Sent), (told.Recipient, told.State));
        Assert.Contains(Good, told.Text, StringComparison.Ordinal);
        Assert.Contains(Bad, told.Text, StringComparison.Ordinal);
    }

    private static DashboardApplication Start(int port, int connections = 4) => new()
    {
        UsesRealTransport = true,
        Settings =
        {
            ["Mail:Smtp:Host"] = TestSmtpServer.Host,
            ["Mail:Smtp:Port"] = $"{port}",
            ["Mail:Smtp:Security"] = "None",
            ["Mail:Smtp:Connections"] = $"{connections}",
        },
    };

    private static async Task<(Account Account, Guid Key)> IssueAsync(DashboardApplication app)
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        return (account, (await app.IssueKeyAsync(account, contacts: [Good, Bad])).Id);
    }

    private static async Task<int> CountAsync(DashboardApplication app, string recipient, MailState state)
    {
        await using var db = app.CreateDbContext();
        return await db.OutgoingMails.CountAsync(mail => mail.Recipient == recipient && mail.State == state);
    }
}
