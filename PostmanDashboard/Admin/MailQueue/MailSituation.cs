using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Charts;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>How reminders and mails are doing at a moment.</summary>
/// <param name="LastSweep">Null when reminders were never looked for.</param>
/// <param name="OverdueReminders">Due, and not yet in the outbox.</param>
/// <param name="OldestWaitingSince">Since when the oldest mail has been waiting. Null when none is.</param>
/// <param name="FailedMails">Our own ones that failed, and that nobody has acknowledged.</param>
/// <param name="BouncedMessages">API messages that bounced lately, at most one more than <see cref="MailReport.MostCounted"/>.</param>
/// <param name="ByDay">What was sent of our own and what failed in the last thirty days, the oldest first.</param>
public sealed record MailSituation(
    JobRun? LastSweep, int OverdueReminders, int WaitingMails, DateTimeOffset? OldestWaitingSince, int FailedMails, int BouncedMessages,
    IReadOnlyList<DayCount> ByDay);

/// <param name="AccountEmail">Whose key it is about. Null for a mail about none.</param>
/// <param name="CanRetry">False once its body was blanked, its key deleted, its recipient removed from the contacts, or a more urgent reminder written.</param>
public sealed record FailedMail(
    Guid Id, MailKind Kind, string Recipient, string Subject, string? AccountEmail, DateTimeOffset FailedAt, string Reason, bool CanRetry)
{
    /// <summary>Null until someone has, and in a list without those.</summary>
    public Acknowledgement? Acknowledged { get; init; }
}

/// <param name="Open">How many of our own nobody has acknowledged, also beyond those that are listed.</param>
/// <param name="Retryable">How many can be tried again, also beyond those that are listed.</param>
/// <param name="Until">What fails later isn't in it.</param>
public sealed record FailedMailList(IReadOnlyList<FailedMail> Mails, int Open, int Retryable, DateTimeOffset Until);

/// <summary>Who said that nothing more is to be done about a failure, and when.</summary>
public sealed record Acknowledgement(DateTimeOffset At, string By);
