using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>What became of a mail that was leased.</summary>
public sealed record DeliveryAttempt(MailLease Lease, MailDelivery Delivery)
{
    public OutgoingMail Mail => Lease.Mail;
}
