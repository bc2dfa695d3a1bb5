using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Marks a mail with what became of a try, and tells those who follow it.</summary>
public sealed class MailOutcome(
    IDbContextFactory<DashboardDbContext> databases, IEnumerable<IMailFollowUp> followUps, Outbox outbox, TimeProvider clock, ILogger<MailOutcome> logger)
{
    /// <param name="leasedUntil">What the claim wrote. If it is no longer so, the lease ran out and the mail is somebody else's to mark.</param>
    public Task RecordAsync(OutgoingMail mail, DateTimeOffset leasedUntil, MailDelivery delivery, CancellationToken cancellationToken) => delivery switch
    {
        MailDelivery.Accepted => MarkSentAsync(mail, cancellationToken),
        MailDelivery.Refused { IsFinal: false } refused when clock.GetUtcNow() < mail.GiveUpAt => PutOffAsync(mail, leasedUntil, refused.Reason, cancellationToken),
        MailDelivery.Refused { IsFinal: false } refused => FailAsync(
            mail, leasedUntil, new MailFailure(MailFailure.Expired, Shorten($"Given up after three days. {refused.Reason}")), cancellationToken),
        MailDelivery.Refused refused => FailAsync(
            mail, leasedUntil, new MailFailure(refused.Code?.ToString(CultureInfo.InvariantCulture) ?? MailFailure.Refused, Shorten(refused.Reason)), cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(delivery)),
    };

    /// <remarks>Whoever holds the lease by now, or however it was marked: the server has taken it, and that is so.</remarks>
    private async Task MarkSentAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!Following(mail).Any())
        {
            await SetSentAsync(db, mail, cancellationToken);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await SetSentAsync(db, mail, cancellationToken);
        foreach (var followUp in Following(mail))
        {
            await followUp.SentAsync(db, mail, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<int> SetSentAsync(DashboardDbContext db, OutgoingMail mail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.OutgoingMails.Where(row => row.Id == mail.Id && row.State != MailState.Sent).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, MailState.Sent)
                .SetProperty(row => row.SettledAt, now)
                .SetProperty(row => row.Reason, (string?)null),
            cancellationToken);
    }

    private IEnumerable<IMailFollowUp> Following(OutgoingMail mail) => followUps.Where(followUp => followUp.Kind == mail.Kind);

    private async Task PutOffAsync(OutgoingMail mail, DateTimeOffset leasedUntil, string reason, CancellationToken cancellationToken)
    {
        var dueAt = clock.GetUtcNow() + RetryPauses.After(mail.Tries);
        var shortened = Shorten(reason);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Leased(db, mail, leasedUntil).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DueAt, dueAt).SetProperty(row => row.Reason, shortened), cancellationToken);
    }

    private async Task FailAsync(OutgoingMail mail, DateTimeOffset leasedUntil, MailFailure failure, CancellationToken cancellationToken)
    {
        logger.LogWarning("Mail {MailId} failed for good: {Reason}", mail.Id, failure.Reason);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var failed = await Leased(db, mail, leasedUntil).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, MailState.Failed)
                .SetProperty(row => row.SettledAt, now)
                .SetProperty(row => row.Reason, failure.Reason),
            cancellationToken);
        if (failed == 0)
        {
            return;
        }

        foreach (var followUp in Following(mail))
        {
            await followUp.FailedAsync(db, mail, failure, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }

    private static IQueryable<OutgoingMail> Leased(DashboardDbContext db, OutgoingMail mail, DateTimeOffset leasedUntil) =>
        db.OutgoingMails.Where(row => row.Id == mail.Id && row.State == MailState.Waiting && row.DueAt == leasedUntil);

    private static string Shorten(string reason) => reason.Length <= OutgoingMail.ReasonMaxLength ? reason : reason[..OutgoingMail.ReasonMaxLength];
}
