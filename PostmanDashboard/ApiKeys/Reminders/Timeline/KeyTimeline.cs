using PostmanDashboard.ApiKeys.Reminders.Mails;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders.Timeline;

/// <summary>The life of a key as its contacts hear of it.</summary>
/// <param name="Stages">In the order in which they are due; those already past when the key was made are not in it.</param>
/// <param name="LastTest">What became of the newest test mail, by contact. Empty when there was none.</param>
public sealed record KeyTimeline(
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, IReadOnlyList<TimelineStage> Stages, IReadOnlyList<TimelineEntry> LastTest);

public sealed record TimelineStage(ReminderStage Stage, DateTimeOffset DueAt, IReadOnlyList<TimelineEntry> Entries);

/// <param name="At">When it was sent, failed or was cancelled by its mail; null where that hasn't happened.</param>
/// <param name="Reason">Why it failed or was cancelled, or what the mail server said last. Null when there is nothing to say.</param>
/// <param name="RetryMailId">The mail that can be tried again. Null where none can.</param>
public sealed record TimelineEntry(string Contact, TimelineState State, DateTimeOffset? At, string? Reason, Guid? RetryMailId)
{
    /// <param name="retryable">The mails that can be requeued.</param>
    internal static TimelineEntry Of(Reminder reminder, OutgoingMail? mail, IReadOnlyCollection<Guid> retryable) => mail is not null
        ? Of(mail, retryable)
        : new TimelineEntry(reminder.Contact, StateOf(reminder), At: null, reminder.CancelReason?.InWords(), RetryMailId: null);

    internal static TimelineEntry Of(OutgoingMail mail, IReadOnlyCollection<Guid> retryable) => new(
        mail.Recipient,
        mail.State switch
        {
            MailState.Waiting => TimelineState.Queued,
            MailState.Sent => TimelineState.Sent,
            MailState.Failed => TimelineState.Failed,
            MailState.Cancelled when mail.CancelReason == CancelReason.Superseded => TimelineState.Superseded,
            MailState.Cancelled => TimelineState.Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(mail)),
        },
        mail.SettledAt,
        mail.CancelReason?.InWords() ?? mail.Reason,
        retryable.Contains(mail.Id) ? mail.Id : null);

    private static TimelineState StateOf(Reminder reminder) => reminder.State switch
    {
        ReminderState.Planned => TimelineState.Planned,
        ReminderState.Superseded => TimelineState.Superseded,
        ReminderState.Cancelled => TimelineState.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(reminder), reminder.State, "A queued reminder has a mail."),
    };
}

/// <summary>What became of one reminder, put together from its own row and its mail's.</summary>
public enum TimelineState
{
    Planned,
    Queued,
    Sent,
    Failed,
    Superseded,
    Cancelled,
}
