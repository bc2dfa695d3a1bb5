using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>A mail server that is away, wants another name, has had enough of a connection or answers late: no verdict on any recipient.</summary>
public sealed class FailingMailServerTests
{
    private const int Mails = 6;

    [Fact]
    public async Task While_the_server_is_away_one_connection_tries_every_half_minute_and_when_it_answers_everything_goes()
    {
        using var away = new HangingUp();
        using var reminders = new TestReminders(smtp: OptionsOf(away.Port));
        await OweAsync(reminders.Database, reminders.Outbox);

        await reminders.SendAsync();
        var tried = away.Connections;
        await reminders.SendAsync();
        Assert.Equal(tried, away.Connections);
        for (var halfMinute = 1; halfMinute <= 3; halfMinute++)
        {
            reminders.Clock.Advance(MailServer.TriedEvery);
            await reminders.SendAsync();
            Assert.Equal(tried + halfMinute, away.Connections);
        }

        away.Dispose();
        await using var server = await TestSmtpServer.StartAsync(port: away.Port);
        reminders.Clock.Advance(MailServer.TriedEvery);
        await reminders.SendAsync();

        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal((MailState.Sent, 1), (mail.State, mail.Tries)));
        Assert.Null(reminders.Server.Trouble);
    }

    [Fact]
    public async Task A_server_that_takes_no_mail_is_said_once_and_what_waits_goes_the_moment_it_answers_anyone()
    {
        var port = DashboardProcess.FreePort();
        using var database = new TestDatabase();
        await OweAsync(database, OutboxOfNow());
        await using var dashboard = await DashboardProcess.StartAsync(
            Path.GetDirectoryName(database.File)!,
            ("Mail:Smtp:Host", TestSmtpServer.Host), ("Mail:Smtp:Port", $"{port}"), ("Mail:Smtp:Security", "None"));
        await dashboard.WaitForOutputAsync("isn't accepting mail");
        await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.OK);

        await using var server = await TestSmtpServer.StartAsync(port: port);
        using var browser = new HttpClient { BaseAddress = new Uri(dashboard.Address) };
        await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", "mei@agency.gov.sg");

        var recipients = new HashSet<string>();
        for (var mail = 0; mail <= Mails; mail++)
        {
            recipients.UnionWith((await server.NextAsync()).Recipients);
        }

        Assert.Equal(Mails + 1, recipients.Count);
        await dashboard.WaitForOutputAsync("accepts mail again");
        Assert.Single(dashboard.Output.Split("isn't accepting mail").Skip(1));
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_server_slower_than_lease_and_timeout_gets_each_mail_once()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.AnswerLateAsync(TimeSpan.FromSeconds(5));
        using var database = new TestDatabase();
        await OweAsync(database, OutboxOfNow());
        await using var dashboard = await DashboardProcess.StartAsync(
            Path.GetDirectoryName(database.File)!,
            ("Mail:Smtp:Host", TestSmtpServer.Host), ("Mail:Smtp:Port", $"{server.Port}"), ("Mail:Smtp:Security", "None"),
            ("Mail:Smtp:Connections", $"{Mails}"), ("Mail:Smtp:Timeout", "00:00:01"), ("Mail:LeaseFor", "00:00:02"));

        var ids = new List<string>();
        for (var mail = 0; mail < Mails; mail++)
        {
            ids.Add((await server.NextAsync()).Read().MessageId!);
        }

        await dashboard.WaitUntilAsync(async () =>
        {
            await using var db = database.CreateDbContext();
            return await db.OutgoingMails.AllAsync(mail => mail.State == MailState.Sent);
        });
        Assert.Equal(Mails, ids.Distinct().Count());
        Assert.True(server.IsEmpty);
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_connection_that_has_carried_enough_is_replaced_at_once()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.LimitConnectionsAsync(mails: 1);
        using var reminders = new TestReminders(smtp: OptionsOf(server.Port));
        await OweAsync(reminders.Database, reminders.Outbox);

        await reminders.SendAsync();

        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal((MailState.Sent, 1), (mail.State, mail.Tries)));
    }

    [FactNeeding(Needs.MailServer)]
    public async Task A_name_that_the_server_does_not_like_bounces_no_mail()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await server.RefuseShortNamesAsync("504 5.5.2 <postman>: Helo command rejected: need fully-qualified hostname");
        var options = OptionsOf(server.Port);
        options.HeloName = "postman";
        using var reminders = new TestReminders(smtp: options);
        await OweAsync(reminders.Database, reminders.Outbox);

        await reminders.SendAsync();
        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal((MailState.Waiting, 0), (mail.State, mail.Tries)));
        Assert.Contains("504", reminders.Server.Trouble!.Reason, StringComparison.Ordinal);

        options.HeloName = "postman.agency.gov.sg";
        reminders.Clock.Advance(MailServer.TriedEvery);
        await reminders.SendAsync();

        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Theory]
    [InlineData("553 5.7.1 Sender address rejected: not owned by you")]
    [InlineData("530 5.7.0 Authentication required")]
    public async Task A_sender_that_the_server_does_not_like_bounces_no_mail(string answer)
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.RefuseAll(answer);
        using var reminders = new TestReminders(smtp: OptionsOf(server.Port));
        await OweAsync(reminders.Database, reminders.Outbox);

        await reminders.SendAsync();

        Assert.All(await reminders.MailsAsync(), mail => Assert.Equal(MailState.Waiting, mail.State));
        Assert.Contains(answer[4..], reminders.Server.Trouble!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_is_greeted_with_the_host_of_the_public_address()
    {
        await using var app = new DashboardApplication { Settings = { ["Public:BaseUrl"] = "https://postman.agency.gov.sg" } };

        Assert.Equal("postman.agency.gov.sg", app.Services.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.HeloName);
    }

    private static SmtpOptions OptionsOf(int port) =>
        new() { Host = TestSmtpServer.Host, Port = port, Security = SmtpSecurity.None, Connections = 2 };

    private static Outbox OutboxOfNow() =>
        new(new MailSender(Options.Create(new MailOptions { From = "donotreply@postman.example" })), TimeProvider.System);

    private static async Task OweAsync(TestDatabase database, Outbox outbox)
    {
        await using var db = database.CreateDbContext();
        for (var number = 0; number < Mails; number++)
        {
            outbox.Add(db, new MailDraft(
                MailKind.Notice, EmailAddress.Parse($"contact{number}@agency.gov.sg"), "Hello", new MailContent().Paragraph("Hello"), ApiKeyId: null));
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Listens, and hangs up on everybody who connects.</summary>
    private sealed class HangingUp : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private int connections;

        public HangingUp()
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            _ = HangUpAsync();
        }

        public int Port { get; }

        public int Connections => Volatile.Read(ref connections);

        public void Dispose() => listener.Dispose();

        private async Task HangUpAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref connections);
                }
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // It was disposed of.
            }
        }
    }
}
