namespace PostmanDashboard.Mail.Transports;

/// <summary>What the mail server said to a mail.</summary>
public abstract record MailDelivery
{
    private MailDelivery()
    {
    }

    /// <summary>The server has taken the mail on.</summary>
    public sealed record Accepted : MailDelivery;

    /// <summary>The server has not taken it.</summary>
    /// <param name="Reason">What the server said, or why it could not be reached; for people.</param>
    /// <param name="IsFinal">Whether trying again is no use (a 5xx answer, RFC 5321 section 4.2.1).</param>
    /// <param name="Code">The server's answer as a number (RFC 5321, 4.2). Null when it gave none.</param>
    /// <param name="Cause">What it says something about.</param>
    public sealed record Refused(string Reason, bool IsFinal, int? Code = null, RefusalCause Cause = RefusalCause.Mail) : MailDelivery;
}

/// <summary>What a refusal says something about.</summary>
public enum RefusalCause
{
    /// <summary>This mail, or its recipient.</summary>
    Mail,

    /// <summary>The server or us: no connection, no login, our name or sender refused. No verdict on any recipient.</summary>
    Server,

    /// <summary>Nothing: the server got the whole mail and didn't say whether it took it. It may have arrived.</summary>
    Unanswered,
}
