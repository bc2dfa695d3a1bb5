using System.Net;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>A mail server that takes its time, and a process that is told to stop meanwhile.</summary>
public sealed class SlowMailServerTests
{
    private const int Mails = 6;

    [Fact]
    public async Task A_slow_server_slows_nothing_else_and_no_second_run_opens_more_connections()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.HoldAnswers();
        using var reminders = new TestReminders(smtp: OptionsOf(server, connections: 2));
        var token = await IssueAsync(reminders);

        var sending = reminders.SendAsync();
        var ports = new HashSet<int> { (await server.NextAsync()).PeerPort, (await server.NextAsync()).PeerPort };
        // The job of the next minute finds the first run busy and leaves the rest to it.
        await reminders.Dispatch.RunIdleSendersAsync(CancellationToken.None).InTimeAsync();
        Assert.IsType<ApiKeyVerification.Accepted>(await reminders.Keys.Verifier.VerifyAsync(token.Plaintext, CancellationToken.None).AsTask().InTimeAsync());
        Assert.True(server.IsEmpty);
        Assert.False(sending.IsCompleted);
        server.ReleaseAnswers();
        await sending.InTimeAsync();

        for (var mail = ports.Count; mail < Mails; mail++)
        {
            ports.Add((await server.NextAsync()).PeerPort);
        }

        Assert.Equal(2, ports.Count);
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task While_a_sign_in_code_waits_for_a_slow_server_pages_calls_and_writes_do_not()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.HoldAnswers();
        await using var app = new DashboardApplication
        {
            UsesRealTransport = true,
            Settings = { ["Mail:Smtp:Host"] = TestSmtpServer.Host, ["Mail:Smtp:Port"] = $"{server.Port}", ["Mail:Smtp:Security"] = "None" },
        };
        using var mei = new Visitor(app);
        using var tan = new Visitor(app);
        var account = await app.AddAccountAsync("tan@agency.gov.sg");
        using var program = app.CreateClient((await app.IssueKeyAsync(account)).Token);
        var form = await mei.OpenAsync("/sign-in");

        var asking = mei.PressAsync(form, "Send code", ("Email", "mei@agency.gov.sg"));
        Assert.Equal(HttpStatusCode.OK, (await tan.OpenAsync("/sign-in")).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/v1/api-keys/current")).StatusCode);
        await app.IssueKeyAsync(account, "Payroll");
        Assert.False(asking.IsCompleted);
        server.ReleaseAnswers();

        Assert.Equal("/sign-in/code", (await asking).Location);
    }

    [Fact]
    public async Task A_process_that_stops_brings_the_mail_in_its_hands_to_its_end()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.HoldAnswers();
        using var database = new TestDatabase();
        await OweAsync(database);
        await using var dashboard = await DashboardProcess.StartAsync(
            Path.GetDirectoryName(database.File)!,
            ("Mail:Smtp:Host", TestSmtpServer.Host), ("Mail:Smtp:Port", $"{server.Port}"), ("Mail:Smtp:Security", "None"), ("Mail:Smtp:Connections", "1"),
            ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"));
        // It is in its hands, and the others wait.
        var first = await server.NextAsync();

        var stopping = dashboard.StopAsync();
        await dashboard.WaitForOutputAsync("Application is shutting down");
        server.ReleaseAnswers();
        Assert.Equal(0, await stopping);

        await using var db = database.CreateDbContext();
        var mails = await db.OutgoingMails.ToListAsync();
        Assert.Equal(MailState.Sent, mails.Single(mail => mail.InternetMessageId == first.Read().MessageId).State);
        // What the server has is marked as sent, and nothing else is held back by a lease of the process that ended.
        var now = TimeProvider.System.GetUtcNow();
        Assert.All(mails.Where(mail => mail.State == MailState.Waiting), mail => Assert.True(mail.DueAt <= now));
        Assert.Contains(mails, mail => mail.State == MailState.Waiting);
    }

    private static SmtpOptions OptionsOf(TestSmtpServer server, int connections) => new()
    {
        Host = TestSmtpServer.Host,
        Port = server.Port,
        Security = PostmanDashboard.Mail.SmtpSecurity.None,
        Connections = connections,
    };

    private static async Task<ApiKeyToken> IssueAsync(TestReminders reminders)
    {
        var contacts = Enumerable.Range(1, Mails - 1).Select(number => $"contact{number}@agency.gov.sg").ToArray();
        return (await reminders.Keys.IssueAsync(await reminders.Keys.AddAccountAsync(), "Grant system", ApiKeyLifetime.SixMonths, contacts)).Token;
    }

    /// <summary>As many mails as there are, due by the real clock, because that is the one that the process goes by.</summary>
    private static async Task OweAsync(TestDatabase database)
    {
        var outbox = new Outbox(new MailSender(Microsoft.Extensions.Options.Options.Create(new MailOptions { From = "donotreply@postman.example" })),
            TimeProvider.System);
        await using var db = database.CreateDbContext();
        for (var number = 0; number < Mails; number++)
        {
            outbox.Add(db, new MailDraft(
                MailKind.Notice, EmailAddress.Parse($"contact{number}@agency.gov.sg"), "Hello", new MailContent().Paragraph("Hello"), ApiKeyId: null));
        }

        await db.SaveChangesAsync();
    }
}
