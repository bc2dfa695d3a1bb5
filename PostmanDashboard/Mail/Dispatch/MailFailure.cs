namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Why a mail has failed for good.</summary>
/// <param name="Code">The mail server's answer as a number, <see cref="Expired"/> or <see cref="Refused"/>.</param>
/// <param name="Reason">The same for people, at most <see cref="OutgoingMail.ReasonMaxLength"/> characters.</param>
public sealed record MailFailure(string Code, string Reason)
{
    /// <summary>It was refused for a while, again and again, until its time was over.</summary>
    public const string Expired = "expired";

    /// <summary>The server got it, again and again, and never said whether it took it. It may have arrived.</summary>
    public const string Unanswered = "unanswered";

    /// <summary>It was refused in a way that has no number.</summary>
    public const string Refused = "refused";
}
