using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Admin.MailQueue;

/// <summary>Mails that wait, and what an administrator who sends them now sends.</summary>
public sealed class WaitingMailsTests : AsyncLifetime, IDisposable
{
    private const string Ann = "ann@agency.gov.sg";
    private const string Ben = "ben@agency.gov.sg";

    private static readonly MailDelivery.Refused ServerFails = new("421 Too busy", IsFinal: false, Code: 421, Cause: RefusalCause.Server);

    private readonly TestReminders reminders = new();
    private Account account = null!;

    public override async Task InitializeAsync() => account = await reminders.Keys.AddAccountAsync();

    [Fact]
    public async Task Only_what_was_deferred_is_sent_now_not_what_is_in_hand_or_settled()
    {
        await DeferAsync(Ann);
        await reminders.Keys.IssueAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ben);
        await reminders.CreateLeases().ExchangeAsync(tried: null, takesNext: true);
        var before = await reminders.MailsAsync();

        var listed = await reminders.Waiting.ListAsync(CancellationToken.None);
        var count = await reminders.Waiting.SendNowAsync(CancellationToken.None);

        Assert.Equal((1, 1), (listed.Total, count));
        Assert.Equal((Ann, "451 Later"), (Assert.Single(listed.Mails).Recipient, listed.Mails[0].Reason));
        Assert.True(listed.Mails[0].NextTry > reminders.Clock.GetUtcNow());
        var after = await reminders.MailsAsync();
        Assert.Equal(reminders.Clock.GetUtcNow(), after.Single(mail => mail.Recipient == Ann).DueAt);
        Assert.Equal(Unmoved(before), Unmoved(after));
    }

    [Fact]
    public async Task What_is_sent_now_leaves_without_a_wait()
    {
        await DeferAsync(Ann);
        reminders.Mail.Refuse(Ann, null);
        await reminders.SendAsync();
        Assert.Empty(reminders.Mail.To(Ann));

        await reminders.Waiting.SendNowAsync(CancellationToken.None);
        await reminders.Outbox.WaitAsync(CancellationToken.None);
        await reminders.SendAsync();

        Assert.Single(reminders.Mail.To(Ann));
        Assert.Equal(0, await reminders.Waiting.SendNowAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_failing_server_is_tried_at_once_and_what_waits_for_it_is_listed_with_its_reason()
    {
        await reminders.Keys.IssueAsync(account, "Payroll", ApiKeyLifetime.SixMonths, Ann);
        reminders.Server.Observe(ServerFails, reminders.Clock.GetTimestamp());
        await reminders.SendAsync();
        Assert.Empty(reminders.Mail.Sent);

        var listed = await reminders.Waiting.ListAsync(CancellationToken.None);
        var count = await reminders.Waiting.SendNowAsync(CancellationToken.None);
        await reminders.SendAsync();

        Assert.Equal("421 Too busy", listed.Trouble!.Reason);
        Assert.All(listed.Mails, mail => Assert.Equal(("421 Too busy", null), (mail.Reason, mail.NextTry)));
        Assert.Equal(listed.Total, count);
        Assert.Single(reminders.Mail.Sent);
    }

    public void Dispose() => reminders.Dispose();

    private static IEnumerable<(string, MailState, DateTimeOffset)> Unmoved(IEnumerable<OutgoingMail> mails) =>
        mails.Where(mail => mail.Recipient != Ann).Select(mail => (mail.Recipient, mail.State, mail.DueAt));

    /// <summary>A key whose notices were sent, but for one that its recipient's server put off.</summary>
    private async Task DeferAsync(string recipient)
    {
        reminders.Mail.Refuse(recipient, new MailDelivery.Refused("451 Later", IsFinal: false));
        await reminders.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, recipient);
        await reminders.SendAsync();
    }
}
