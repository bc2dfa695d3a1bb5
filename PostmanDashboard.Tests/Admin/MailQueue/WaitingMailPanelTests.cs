using Bunit;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.Admin.MailQueue;

/// <summary>The mails that wait to be tried again, as an administrator sees them and sends them at once.</summary>
public sealed class WaitingMailPanelTests : PanelTestContext
{
    [Fact]
    public async Task What_was_deferred_is_listed_with_its_reason_and_sent_at_the_press_of_a_button()
    {
        await DeferAsync("Payroll");
        var panel = Render<WaitingMailPanel>();
        panel.Says("451 Come back later");
        panel.Says("API key “Payroll” was created");
        panel.Says("in 4 hours");

        await panel.Button("Send waiting mails now").ClickAsync(new());

        panel.Says("Trying 1 mail now.");
        await using var db = Databases.CreateDbContext();
        Assert.Equal([Keys.Clock.GetUtcNow()], await db.OutgoingMails.Select(mail => mail.DueAt).ToListAsync());
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public void Where_nothing_waits_a_sentence_says_so()
    {
        var panel = Render<WaitingMailPanel>();

        panel.Says("No mail is waiting for another attempt.");
        Assert.Empty(panel.FindAll("button"));
    }

    [Fact]
    public async Task A_mail_server_that_takes_no_mail_is_on_top_with_its_reason_and_since_when()
    {
        await AddKeyAsync("Payroll", Account.Email!);
        var refusal = new MailDelivery.Refused("421 Too busy", IsFinal: false, Cause: RefusalCause.Server);
        MailServer.Observe(refusal, Keys.Clock.GetTimestamp());
        Keys.Clock.Advance(TimeSpan.FromHours(2));

        var panel = Render<WaitingMailPanel>();

        panel.Says("The mail server hasn’t accepted mail since");
        panel.Says("421 Too busy");
        panel.Says("2 hours ago");
        panel.Says("when the mail server accepts mail");
        await panel.Button("Send waiting mails now").ClickAsync(new());
        panel.Says("Trying the mail server now. If it accepts mail, 1 mail will be sent.");
    }

    [Fact]
    public async Task Of_many_the_first_are_listed_and_all_are_counted()
    {
        await DeferAsync("Payroll");
        await using (var db = Databases.CreateDbContext())
        {
            db.OutgoingMails.AddRange(Enumerable.Range(0, WaitingMails.Listed).Select(number => Waiting($"ann{number}@agency.gov.sg")));
            await db.SaveChangesAsync();
            await db.OutgoingMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Reason, "451 Come back later"));
        }

        var panel = Render<WaitingMailPanel>();

        panel.Says("Showing the first 50 of 51");
        Assert.Equal(WaitingMails.Listed, panel.FindAll("tbody tr").Count);
        await panel.Button("Send waiting mails now").ClickAsync(new());
        panel.Says("Trying 51 mails now.");
    }

    [Fact]
    public async Task A_list_that_can_t_be_refreshed_stays_and_says_so()
    {
        await DeferAsync("Payroll");
        var panel = Render<WaitingMailPanel>();
        Mails.IsBroken = true;

        await panel.Button("Send waiting mails now").ClickAsync(new());

        panel.Says("That did not work, and nothing was changed.");
        panel.Says("what you see may be out of date");
        Mails.IsBroken = false;
        await panel.Button("Try again").ClickAsync(new());
        panel.Says("451 Come back later");
        Assert.DoesNotContain("out of date", panel.Text(), StringComparison.Ordinal);
    }

    private OutgoingMail Waiting(string recipient) => new()
    {
        Kind = MailKind.Test,
        Recipient = recipient,
        NormalizedRecipient = recipient.ToUpperInvariant(),
        Subject = "Test mail",
        Text = "Test",
        Html = "Test",
        InternetMessageId = $"{recipient}.test",
        CreatedAt = Keys.Clock.GetUtcNow(),
        DueAt = Keys.Clock.GetUtcNow(),
        GiveUpAt = Keys.Clock.GetUtcNow() + Outbox.Persistence,
    };

    /// <summary>A key whose notice is tried again in four hours.</summary>
    private async Task DeferAsync(string label)
    {
        await AddKeyAsync(label, Account.Email!);
        var dueAt = Keys.Clock.GetUtcNow() + TimeSpan.FromHours(4);
        await using var db = Databases.CreateDbContext();
        await db.OutgoingMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.DueAt, dueAt).SetProperty(mail => mail.Reason, "451 Come back later"));
    }
}
