using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Mail.Dispatch;

/// <summary>Which mail is whose to send, and in what order.</summary>
public sealed class MailLeasesTests : IDisposable
{
    private readonly TestReminders reminders = new();
    private readonly MailLeases leases;

    public MailLeasesTests() => leases = reminders.CreateLeases();

    [Fact]
    public async Task Our_own_mails_go_before_messages_of_programs_that_wait_longer()
    {
        await OweMessagesAsync(3);
        reminders.Clock.Advance(TimeSpan.FromMinutes(1));
        await OweAsync("ann@agency.gov.sg");

        Assert.Equal("ann@agency.gov.sg", (await AcquireAsync())!.Mail.Recipient);
        Assert.Equal("raj0@example.org", (await AcquireAsync())!.Mail.Recipient);
    }

    [Fact]
    public async Task Those_who_ask_at_once_get_a_mail_each_until_there_are_no_more()
    {
        await OweMessagesAsync(10);
        await OweAsync([.. Enumerable.Range(0, 10).Select(number => $"contact{number}@agency.gov.sg")]);

        var taken = await Together.RunAsync(25, _ => AcquireAsync());

        Assert.Equal(20, taken.OfType<MailLease>().Select(lease => lease.Mail.Id).Distinct().Count());
        Assert.Equal(5, taken.Count(lease => lease is null));
    }

    [Fact]
    public async Task Each_of_those_that_are_recorded_together_gets_what_became_of_it_itself()
    {
        await OweAsync([.. Enumerable.Range(0, 12).Select(number => $"contact{number}@agency.gov.sg")]);
        var taken = await Together.RunAsync(12, _ => AcquireAsync());

        await Together.RunAsync(12, number => leases.ExchangeAsync(new DeliveryAttempt(taken[number]!, DeliveryOf(taken[number]!)), takesNext: false));

        var mails = await reminders.MailsAsync();
        Assert.All(mails, mail => Assert.Equal(
            StateAfter(DeliveryOf(mail.Recipient)), (mail.State, mail.Reason)));
    }

    [Fact]
    public async Task What_was_given_out_and_requeued_meanwhile_is_not_marked_as_failed_by_its_first_holder()
    {
        await OweAsync("ann@agency.gov.sg");
        var first = (await AcquireAsync())!;
        reminders.Clock.Advance(reminders.Options.LeaseFor);
        var second = (await AcquireAsync())!;

        await leases.ExchangeAsync(new DeliveryAttempt(first, new MailDelivery.Refused("550 No such mailbox", IsFinal: true)), takesNext: false);

        Assert.Equal((MailState.Waiting, 2), (Assert.Single(await reminders.MailsAsync()).State, second.Try));
    }

    public void Dispose() => reminders.Dispose();

    private static MailDelivery DeliveryOf(MailLease lease) => DeliveryOf(lease.Mail.Recipient);

    private static MailDelivery DeliveryOf(string recipient) => (recipient[^"0@agency.gov.sg".Length] % 3) switch
    {
        0 => new MailDelivery.Accepted(),
        1 => new MailDelivery.Refused("451 Come back later", IsFinal: false),
        _ => new MailDelivery.Refused("550 No such mailbox", IsFinal: true),
    };

    private static (MailState State, string? Reason) StateAfter(MailDelivery delivery) => delivery switch
    {
        MailDelivery.Refused { IsFinal: true } refused => (MailState.Failed, refused.Reason),
        MailDelivery.Refused refused => (MailState.Waiting, refused.Reason),
        _ => (MailState.Sent, null),
    };

    private Task<MailLease?> AcquireAsync() => leases.ExchangeAsync(tried: null, takesNext: true);

    private async Task OweAsync(params string[] recipients)
    {
        await using var db = reminders.Database.CreateDbContext();
        foreach (var recipient in recipients)
        {
            reminders.Outbox.Add(db, new MailDraft(
                MailKind.Notice, EmailAddress.Parse(recipient), "Hello", new MailContent().Paragraph("Hello"), ApiKeyId: null));
        }

        await db.SaveChangesAsync();
    }

    private async Task OweMessagesAsync(int count)
    {
        var account = await reminders.Keys.AddAccountAsync();
        var key = await reminders.IssueQuietlyAsync(account);
        await using var db = reminders.Database.CreateDbContext();
        for (var number = 0; number < count; number++)
        {
            var message = TestMessages.Create(account.Id, key, reminders.Clock.GetUtcNow(), recipient: $"raj{number}@example.org");
            db.Messages.Add(message);
            reminders.Outbox.AddForMessage(db, MailKind.Message, message.Id, message.Subject, [EmailAddress.Parse(message.Recipient)]);
            await db.SaveChangesAsync();
            reminders.Clock.Advance(TimeSpan.FromTicks(1));
        }
    }
}
