using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Mail.Dispatch;

public sealed class MailDispatchLoopTests
{
    private const string Slow = "slow@agency.gov.sg";

    [Fact]
    public async Task What_is_put_into_the_outbox_is_sent_at_once_and_no_clock_need_move()
    {
        await using var app = new DashboardApplication { JobStorage = new NoJobStorage(), Settings = { ["Jobs:Enabled"] = "true" } };

        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));

        var sent = await app.Mail.NextAsync();
        Assert.Equal("API key “Grant system” was created", sent.Subject);
    }

    [Fact]
    public async Task A_mail_that_takes_long_holds_up_none_that_comes_after_it()
    {
        using var reminders = new TestReminders();
        var holding = new HoldingTransport(reminders.Mail);
        using var dispatch = reminders.CreateDispatch(holding);
        using var loop = new MailDispatchLoop(dispatch, reminders.Outbox, reminders.Server, reminders.Clock, NullLogger<MailDispatchLoop>.Instance);
        await loop.StartAsync(CancellationToken.None);
        await OweAsync(reminders, Slow);
        await holding.Held;

        for (var number = 0; number < 150; number++)
        {
            await OweAsync(reminders, $"contact{number}@agency.gov.sg");
            Assert.DoesNotContain(Slow, (await reminders.Mail.NextAsync()).To.ToString(), StringComparison.Ordinal);
        }

        holding.LetGo();
        Assert.Contains(Slow, (await reminders.Mail.NextAsync()).To.ToString(), StringComparison.Ordinal);
        await loop.StopAsync(CancellationToken.None);
    }

    private static async Task OweAsync(TestReminders reminders, string recipient)
    {
        await using (var db = reminders.Database.CreateDbContext())
        {
            reminders.Outbox.Add(db, new MailDraft(
                MailKind.Notice, EmailAddress.Parse(recipient), "Hello", new MailContent().Paragraph("Hello"), ApiKeyId: null));
            await db.SaveChangesAsync();
        }

        reminders.Outbox.Wake();
    }

    /// <summary>Keeps the mail to one address until it is told to go on.</summary>
    private sealed class HoldingTransport(IMailTransport inner) : IMailTransport
    {
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends once that mail is here.</summary>
        public Task Held => held.Task;

        public void LetGo() => go.SetResult();

        public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
        {
            if (recipient == Slow)
            {
                held.SetResult();
                await go.Task;
            }

            return await inner.SendAsync(message, recipient, cancellationToken);
        }
    }
}
