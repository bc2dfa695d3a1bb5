using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Charts;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>How reminders and mails are doing at a moment.</summary>
/// <param name="LastSweep">Null when reminders were never looked for.</param>
/// <param name="OverdueReminders">Due, and not yet in the outbox.</param>
/// <param name="OldestWaitingSince">Since when the oldest mail has been waiting. Null when none is.</param>
/// <param name="ByDay">What was sent and what failed in the last thirty days, the oldest first.</param>
public sealed record MailSituation(
    JobRun? LastSweep, int OverdueReminders, int WaitingMails, DateTimeOffset? OldestWaitingSince, int FailedMails, IReadOnlyList<DayCount> ByDay);

/// <param name="AccountEmail">Whose key it is about. Null for a mail about none.</param>
/// <param name="CanRetry">False once its body was blanked, its key deleted, its recipient removed from the contacts, or a more urgent reminder written.</param>
public sealed record FailedMail(
    Guid Id, MailKind Kind, string Recipient, string Subject, string? AccountEmail, DateTimeOffset FailedAt, string Reason, bool CanRetry);
