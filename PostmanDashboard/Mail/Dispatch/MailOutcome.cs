using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Marks a mail with what became of a try, and tells those who follow it.</summary>
public sealed class MailOutcome(IEnumerable<IMailFollowUp> followUps, TimeProvider clock, ILogger<MailOutcome> logger)
{
    /// <summary>Nothing lasts before the caller commits it.</summary>
    /// <param name="leasedUntil">What the claim wrote. If it is no longer so, the lease ran out and the mail is somebody else's to mark.</param>
    public Task RecordAsync(DashboardDbContext db, OutgoingMail mail, DateTimeOffset leasedUntil, MailDelivery delivery) => delivery switch
    {
        MailDelivery.Accepted => MarkSentAsync(db, mail),
        MailDelivery.Refused { IsFinal: false } refused when clock.GetUtcNow() < mail.GiveUpAt => PutOffAsync(db, mail, leasedUntil, Shorten(refused.Reason)),
        MailDelivery.Refused { IsFinal: false } refused => MarkFailedAsync(
            db, mail, leasedUntil, new MailFailure(MailFailure.Expired, Shorten($"Given up after three days. {refused.Reason}"))),
        MailDelivery.Refused refused => MarkFailedAsync(
            db, mail, leasedUntil, new MailFailure(refused.Code?.ToString(CultureInfo.InvariantCulture) ?? MailFailure.Refused, Shorten(refused.Reason))),
        _ => throw new ArgumentOutOfRangeException(nameof(delivery)),
    };

    /// <remarks>Whoever holds the lease by now, or however it was marked: the server has taken it, and that is so.</remarks>
    private async Task MarkSentAsync(DashboardDbContext db, OutgoingMail mail)
    {
        var now = clock.GetUtcNow();
        await db.OutgoingMails.Where(row => row.Id == mail.Id && row.State != MailState.Sent).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, MailState.Sent)
                .SetProperty(row => row.SettledAt, now)
                .SetProperty(row => row.Reason, (string?)null));
        foreach (var followUp in Following(mail))
        {
            await followUp.SentAsync(db, mail, CancellationToken.None);
        }
    }

    private Task<int> PutOffAsync(DashboardDbContext db, OutgoingMail mail, DateTimeOffset leasedUntil, string reason)
    {
        var dueAt = clock.GetUtcNow() + RetryPauses.After(mail.Tries);
        return Leased(db, mail, leasedUntil).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, dueAt).SetProperty(row => row.Reason, reason));
    }

    private async Task MarkFailedAsync(DashboardDbContext db, OutgoingMail mail, DateTimeOffset leasedUntil, MailFailure failure)
    {
        logger.LogWarning("Mail {MailId} failed for good: {Reason}", mail.Id, failure.Reason);
        var now = clock.GetUtcNow();
        var failed = await Leased(db, mail, leasedUntil).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, MailState.Failed)
                .SetProperty(row => row.SettledAt, now)
                .SetProperty(row => row.Reason, failure.Reason));
        foreach (var followUp in failed == 0 ? [] : Following(mail))
        {
            await followUp.FailedAsync(db, mail, failure, CancellationToken.None);
        }
    }

    private IEnumerable<IMailFollowUp> Following(OutgoingMail mail) => followUps.Where(followUp => followUp.Kind == mail.Kind);

    private static IQueryable<OutgoingMail> Leased(DashboardDbContext db, OutgoingMail mail, DateTimeOffset leasedUntil) =>
        db.OutgoingMails.Where(row => row.Id == mail.Id && row.State == MailState.Waiting && row.DueAt == leasedUntil);

    private static string Shorten(string reason) => reason.Length <= OutgoingMail.ReasonMaxLength ? reason : reason[..OutgoingMail.ReasonMaxLength];
}
