namespace PostmanDashboard.Mail.Failures;

/// <summary>That a mail failed once. It stays when the mail is tried again: what happened on a day did happen.</summary>
public sealed class RecordedFailure
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid MailId { get; init; }

    /// <summary>The mail's.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>When the mail was settled with it.</summary>
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>When an administrator said that nothing more is to be done about it. Null until then.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private init; }

    /// <summary>The account that did. Null until then.</summary>
    public Guid? AcknowledgedBy { get; private init; }
}
