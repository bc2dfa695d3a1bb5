using MimeKit;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>A feature that writes its mails at the moment of sending, out of rows of its own. An interface because Mail knows no features.</summary>
public interface IMailComposer
{
    /// <summary>The mails that it writes. Others carry their text in the outbox.</summary>
    MailKind Kind { get; }

    /// <returns>Null when the mail is no longer due, and was cancelled.</returns>
    Task<MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
