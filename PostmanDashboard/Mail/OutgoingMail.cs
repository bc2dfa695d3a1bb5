using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Mail;

/// <summary>A mail to send, or one that was sent. It is added in the same transaction as the event that it reports;
/// <see cref="OutgoingMails"/> moves it from then on.</summary>
public sealed class OutgoingMail
{
    public const int ReasonMaxLength = 500;
    public const int SubjectMaxLength = Message.SubjectMaxLength;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required MailKind Kind { get; init; }

    /// <summary>The key that it is about. Null for a mail about none.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The message of a program that it carries, whose content is in that row alone. Null for a mail of our own.</summary>
    public Guid? MessageId { get; init; }

    public required string Recipient { get; init; }

    public required string NormalizedRecipient { get; init; }

    public required string Subject { get; init; }

    /// <summary>Null once it was blanked, a while after the mail was settled, and for a mail that carries a message.</summary>
    public required string? Text { get; init; }

    /// <summary>Null when the text is.</summary>
    public required string? Html { get; init; }

    /// <summary>
    /// The same at every try (RFC 5322, 3.6.4), so that a mail that came twice can be known as one. Mails that carry one message
    /// to several addresses share it.
    /// </summary>
    public required string InternetMessageId { get; init; }

    /// <summary>Identifies the event that the mail reports, where that must be reported at most once. Unique.</summary>
    public string? OnceOnly { get; init; }

    public MailState State { get; private init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When it may be sent. Whoever sends it moves this to the end of their lease first: nobody else takes it before, and if
    /// they die, someone does after.
    /// </summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Until when a temporary refusal is tried again.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>How often it was handed to the mail server since it was last queued.</summary>
    public int Tries { get; private init; }

    /// <summary>The retry by hand that requeued it last. Null if none did.</summary>
    public Guid? RetryId { get; private init; }

    /// <summary>What the mail server said last. Null when it said nothing, and while the mail is being sent.</summary>
    public string? Reason { get; private init; }

    /// <summary>Why it was cancelled. Null in every other state.</summary>
    public CancelReason? CancelReason { get; private init; }

    /// <summary>When it failed last: the mail server's answer as a number, or one of the words of <see cref="MailFailure"/>. Null if it never did.</summary>
    public string? ErrorCode { get; private init; }

    /// <summary>When it was sent, failed or was cancelled. Null while it waits.</summary>
    public DateTimeOffset? SettledAt { get; private init; }
}
