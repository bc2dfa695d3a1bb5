using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Admin.MailQueue;

/// <summary>What an administrator is told before many mails are retried.</summary>
public sealed class RetryPlansTests : IDisposable
{
    private readonly TestReminders reminders = new();

    [Fact]
    public async Task A_plan_counts_kinds_and_domains_and_names_the_first_few_addresses()
    {
        await FailAsync(MailKind.Reminder, "ann@a.example", "ben@a.example", "Ann@A.example", "ben@b.example");
        await FailAsync(MailKind.Message, "cai@c.example", "dan@d.example", "eve@e.example", "fay@f.example", "gil@g.example");

        var plan = await reminders.RetryPlans.MakeAsync(FailedMailFilter.All, CancellationToken.None);

        Assert.Equal((9, 4, 5), (plan.Mails, plan.OwnMails, plan.OfPrograms));
        Assert.Equal(("a.example", 3), (plan.Domains[0].Domain.ToLowerInvariant(), plan.Domains[0].Mails));
        Assert.Equal((5, 2), (plan.Domains.Count, plan.MoreDomains));
        Assert.Equal((3, 5), (plan.Addresses.Count, plan.MoreAddresses));
    }

    [Fact]
    public async Task What_fails_after_the_plan_was_made_is_not_retried_with_it()
    {
        await FailAsync(MailKind.Test, "ann@a.example");
        var plan = await reminders.RetryPlans.MakeAsync(new FailedMailFilter(Kind: MailKind.Test), CancellationToken.None);
        reminders.Clock.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(MailKind.Test, "ben@a.example");

        var count = await reminders.Report.RetryAllAsync(new FailedMailFilter(Kind: MailKind.Test), plan.Until, CancellationToken.None);

        Assert.Equal((1, 1), (plan.Mails, count));
        Assert.Equal([MailState.Waiting, MailState.Failed], (await reminders.MailsAsync()).Select(mail => mail.State));
    }

    [Fact]
    public async Task Where_nothing_has_failed_there_is_nothing_to_retry()
    {
        var plan = await reminders.RetryPlans.MakeAsync(FailedMailFilter.All, CancellationToken.None);

        Assert.Equal((0, null), (plan.Mails, plan.Oldest));
    }

    public void Dispose() => reminders.Dispose();

    private async Task FailAsync(MailKind kind, params string[] recipients)
    {
        var now = reminders.Clock.GetUtcNow();
        await using var db = reminders.Database.CreateDbContext();
        db.OutgoingMails.AddRange(recipients.Select(recipient => new OutgoingMail
        {
            Kind = kind,
            Recipient = recipient,
            NormalizedRecipient = recipient.ToUpperInvariant(),
            Subject = "A mail",
            Text = "Text",
            Html = "Text",
            InternetMessageId = $"{recipient}.{kind}",
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now,
        }));
        await db.SaveChangesAsync();
        await db.OutgoingMails.Where(mail => mail.State == MailState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(mail => mail.State, MailState.Failed).SetProperty(mail => mail.SettledAt, now).SetProperty(mail => mail.Reason, "550 No"));
    }
}
