using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>A feature that has something to do when its mails come to an end. An interface because Mail knows no features.</summary>
/// <remarks>Each is called in the transaction that marks the mails, after they were marked. Changes to the context are saved by the caller.</remarks>
public interface IMailFollowUp
{
    /// <summary>The mails that it follows.</summary>
    MailKind Kind { get; }

    Task SentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken);

    Task FailedAsync(DashboardDbContext db, OutgoingMail mail, MailFailure failure, CancellationToken cancellationToken);

    /// <param name="mails">Those of every kind that were requeued, by hand, after they had failed.</param>
    Task RetriedAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken);
}
