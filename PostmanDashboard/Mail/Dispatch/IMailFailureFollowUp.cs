using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>A feature that has something to do when a mail of its kind has failed for good. An interface because Mail knows no features.</summary>
public interface IMailFailureFollowUp
{
    /// <summary>Called in the transaction that marks the mail as failed, after it was marked. Changes to <paramref name="db"/> are saved by the caller.</summary>
    Task FollowUpAsync(DashboardDbContext db, OutgoingMail failed, CancellationToken cancellationToken);
}
