using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Failures;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Records the result of a delivery attempt, and notifies the features that follow the mail.</summary>
public sealed class DeliveryRecorder(IEnumerable<IMailFollowUp> followUps, MailServer server, TimeProvider clock, ILogger<DeliveryRecorder> logger)
{
    /// <summary>Nothing lasts before the caller commits it.</summary>
    /// <param name="tries">Of different mails.</param>
    public async Task RecordAsync(DashboardDbContext db, IReadOnlyList<DeliveryAttempt> tries)
    {
        await MarkSentAsync(db, [.. tries.Where(tried => tried.Delivery is MailDelivery.Accepted).Select(tried => tried.Mail)]);
        foreach (var tried in tries)
        {
            if (tried.Delivery is MailDelivery.Refused refused)
            {
                await RecordAsync(db, tried.Lease, refused);
                // The next one sees what follows from this one.
                await db.SaveChangesAsync();
            }
        }
    }

    private Task RecordAsync(DashboardDbContext db, MailLease lease, MailDelivery.Refused refused)
    {
        if (!refused.IsFinal && clock.GetUtcNow() < lease.Mail.GiveUpAt)
        {
            return DeferAsync(db, lease, refused);
        }

        var (code, reason) = refused switch
        {
            { IsFinal: true } => (refused.Code?.ToString(CultureInfo.InvariantCulture) ?? MailFailure.Refused, refused.Reason),
            { Cause: RefusalCause.Unanswered } => (MailFailure.Unanswered, $"Not tried again after three days. {refused.Reason}"),
            _ => (MailFailure.Expired, $"Given up after three days. {refused.Reason}"),
        };
        return MarkFailedAsync(db, lease, new MailFailure(code, Shorten(reason)));
    }

    private async Task MarkSentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails)
    {
        if (mails.Count == 0)
        {
            return;
        }

        var ids = mails.Select(mail => mail.Id).ToList();
        await db.OutgoingMails.Where(row => EF.Parameter(ids).Contains(row.Id)).MarkSentAsync(clock.GetUtcNow(), CancellationToken.None);
        foreach (var kind in mails.GroupBy(mail => mail.Kind))
        {
            foreach (var followUp in followUps.Where(followUp => followUp.Kind == kind.Key))
            {
                await followUp.SentAsync(db, [.. kind], CancellationToken.None);
            }
        }
    }

    private Task<int> DeferAsync(DashboardDbContext db, MailLease lease, MailDelivery.Refused refused)
    {
        var pause = refused.Cause switch
        {
            // It goes at once when the server takes mail again; nothing is taken in hand before.
            RefusalCause.Server when server.Trouble is not null => TimeSpan.Zero,
            RefusalCause.Server => MailServer.TriedEvery,
            RefusalCause.Unanswered => RetryDelays.AfterSilence(lease.Try),
            _ => RetryDelays.After(lease.Try),
        };
        // A failure of the server doesn't count as an attempt of this mail: its own delays don't grow.
        var tries = refused.Cause == RefusalCause.Server ? lease.Mail.Tries : lease.Try;
        return lease.Held(db).DeferAsync(clock.GetUtcNow() + pause, tries, Shorten(refused.Reason), CancellationToken.None);
    }

    private async Task MarkFailedAsync(DashboardDbContext db, MailLease lease, MailFailure failure)
    {
        // Not the reason: servers quote addresses in it.
        logger.LogWarning("Mail {MailId} failed permanently: {Code}", lease.Mail.Id, failure.Code);
        var now = clock.GetUtcNow();
        var failed = await lease.Held(db).MarkFailedAsync(failure, now, CancellationToken.None);
        if (failed > 0)
        {
            db.MailFailures.Add(new RecordedFailure { MailId = lease.Mail.Id, Kind = lease.Mail.Kind, FailedAt = now });
        }

        foreach (var followUp in followUps.Where(followUp => failed > 0 && followUp.Kind == lease.Mail.Kind))
        {
            await followUp.FailedAsync(db, lease.Mail, failure, CancellationToken.None);
        }
    }

    /// <summary>In one line that can be seen: a reason is mostly what a mail server of strangers answered.</summary>
    private static string Shorten(string reason)
    {
        var seen = VisibleText.Clean(reason);
        return seen.Length <= OutgoingMail.ReasonMaxLength ? seen : seen[..OutgoingMail.ReasonMaxLength];
    }
}
