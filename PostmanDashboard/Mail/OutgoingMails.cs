using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Mail;

/// <summary>Every move that a mail can make once it is in the outbox. Nothing else writes to its row.</summary>
/// <remarks>
/// <code>
///              lease, renew, defer, send now, cap the due time, rewrite
///                 ┌───┐
///                 │   ▼
///   Outbox ──▶  Waiting ──sent──────────────▶ Sent ◀──┐
///               ▲  │  └───cancelled──▶ Cancelled ─────┤ sent: the server took it at that very moment
///       requeued│  └──────failed─────▶ Failed ────────┘
///               └─────────────────────────┘
///
///   blanked: whichever is settled loses its text, and can't be requeued any more
/// </code>
/// Each is one statement that checks the mail's state again, so that of two moves at the same time one does nothing.
/// They run in the caller's transaction, where there is one.
/// </remarks>
internal static class OutgoingMails
{
    /// <summary>Gives mails to one sender until <paramref name="until"/>.</summary>
    /// <remarks>Without a reason: that distinguishes a mail that is being sent from one that was deferred.</remarks>
    public static Task<int> LeaseAsync(this IQueryable<OutgoingMail> mails, DateTimeOffset until, CancellationToken cancellationToken) =>
        mails.Waiting().ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.DueAt, until)
                .SetProperty(mail => mail.Tries, mail => mail.Tries + 1)
                .SetProperty(mail => mail.Reason, (string?)null),
            cancellationToken);

    /// <summary>Begins a lease's time again.</summary>
    /// <param name="held">The mail, while it is held.</param>
    public static Task<int> RenewAsync(this IQueryable<OutgoingMail> held, DateTimeOffset until, CancellationToken cancellationToken) =>
        held.MoveDueAsync(until, cancellationToken);

    /// <summary>The server has taken it: whoever holds the lease by now and however it was marked, that is so.</summary>
    public static Task<int> MarkSentAsync(this IQueryable<OutgoingMail> mails, DateTimeOffset now, CancellationToken cancellationToken) =>
        mails.Where(mail => mail.State != MailState.Sent).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Sent)
                .SetProperty(mail => mail.SettledAt, now)
                .SetProperty(mail => mail.Reason, (string?)null)
                .SetProperty(mail => mail.CancelReason, (CancelReason?)null)
                .SetProperty(mail => mail.ErrorCode, (string?)null),
            cancellationToken);

    /// <param name="held">The mail, while it is held.</param>
    /// <param name="tries">How often it counts as tried.</param>
    public static Task<int> DeferAsync(
        this IQueryable<OutgoingMail> held, DateTimeOffset dueAt, int tries, string reason, CancellationToken cancellationToken) =>
        held.Waiting().ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.DueAt, dueAt)
                .SetProperty(mail => mail.Tries, tries)
                .SetProperty(mail => mail.Reason, reason),
            cancellationToken);

    /// <param name="held">The mail, while it is held.</param>
    public static Task<int> MarkFailedAsync(this IQueryable<OutgoingMail> held, MailFailure failure, DateTimeOffset now, CancellationToken cancellationToken) =>
        held.Waiting().ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Failed)
                .SetProperty(mail => mail.SettledAt, now)
                .SetProperty(mail => mail.Reason, failure.Reason)
                .SetProperty(mail => mail.ErrorCode, failure.Code),
            cancellationToken);

    /// <summary>Lets failed mails be tried again, as if they were new.</summary>
    /// <param name="retryId">Stamped on those that were moved, and on no others: the mails may be others by the time that they are read.</param>
    public static Task<int> RequeueAsync(this IQueryable<OutgoingMail> mails, Guid retryId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var giveUpAt = now + Outbox.Persistence;
        return mails.Where(mail => mail.State == MailState.Failed).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Waiting)
                .SetProperty(mail => mail.SettledAt, (DateTimeOffset?)null)
                .SetProperty(mail => mail.Tries, 0)
                .SetProperty(mail => mail.DueAt, now)
                .SetProperty(mail => mail.GiveUpAt, giveUpAt)
                .SetProperty(mail => mail.RetryId, retryId),
            cancellationToken);
    }

    /// <summary>The mails that one retry by hand has requeued, and no later one since.</summary>
    public static IQueryable<OutgoingMail> RequeuedBy(this IQueryable<OutgoingMail> mails, Guid retryId) => mails.Where(mail => mail.RetryId == retryId);

    /// <summary>No longer due: what it says isn't true, or another one says it (<see cref="CancelReason.Superseded"/>).</summary>
    /// <remarks>One that is being sent at this moment is marked as sent afterwards if the server takes it, and stays cancelled otherwise.</remarks>
    public static Task<int> CancelAsync(this IQueryable<OutgoingMail> mails, CancelReason reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        mails.Waiting().ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Cancelled)
                .SetProperty(mail => mail.SettledAt, now)
                .SetProperty(mail => mail.Reason, (string?)null)
                .SetProperty(mail => mail.CancelReason, reason),
            cancellationToken);

    /// <summary>Takes the text out of what is settled. That it was sent, to whom and about what stays.</summary>
    public static Task<int> BlankAsync(this IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) =>
        mails.Where(mail => mail.State != MailState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.Text, (string?)null).SetProperty(mail => mail.Html, (string?)null), cancellationToken);

    /// <summary>Replaces the text with what is true by now: the lists of mails show what was sent, not what was planned.</summary>
    public static Task<int> RewriteAsync(
        this IQueryable<OutgoingMail> mails, string subject, string text, string html, CancellationToken cancellationToken) =>
        mails.Waiting().ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.Subject, subject).SetProperty(mail => mail.Text, text).SetProperty(mail => mail.Html, html),
            cancellationToken);

    /// <summary>Lets deferred mails be tried now.</summary>
    public static Task<int> SendNowAsync(this IQueryable<OutgoingMail> mails, DateTimeOffset now, CancellationToken cancellationToken) =>
        mails.Where(mail => mail.DueAt > now).MoveDueAsync(now, cancellationToken);

    /// <summary>Lets none wait, or be tried, until later than the clock that was set back would have it.</summary>
    /// <returns>How many were due too late.</returns>
    public static async Task<int> CapDueAtAsync(
        this IQueryable<OutgoingMail> mails, DateTimeOffset dueAt, DateTimeOffset giveUpAt, CancellationToken cancellationToken)
    {
        await mails.Waiting().Where(mail => mail.GiveUpAt > giveUpAt)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.GiveUpAt, giveUpAt), cancellationToken);
        return await mails.Where(mail => mail.DueAt > dueAt).MoveDueAsync(dueAt, cancellationToken);
    }

    /// <summary>Lets the event that a mail reports be reported again, by another mail.</summary>
    public static Task<int> ReleaseFactAsync(this IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) =>
        mails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.OnceOnly, (string?)null), cancellationToken);

    private static IQueryable<OutgoingMail> Waiting(this IQueryable<OutgoingMail> mails) => mails.Where(mail => mail.State == MailState.Waiting);

    private static Task<int> MoveDueAsync(this IQueryable<OutgoingMail> mails, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        mails.Waiting().ExecuteUpdateAsync(set => set.SetProperty(mail => mail.DueAt, dueAt), cancellationToken);
}
