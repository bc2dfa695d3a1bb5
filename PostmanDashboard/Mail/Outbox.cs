using System.Threading.Channels;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

/// <summary>Where every mail goes except sign-in codes. Add it in the transaction of the event that it reports, commit, then <see cref="Wake"/>.</summary>
public sealed class Outbox(MailSender sender, TimeProvider clock)
{
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How long a mail is tried before it counts as failed.</summary>
    public static readonly TimeSpan Persistence = TimeSpan.FromDays(3);

    /// <summary>Nothing is saved yet: that is for the transaction that the caller commits.</summary>
    public OutgoingMail Add(DashboardDbContext db, MailDraft draft)
    {
        var now = clock.GetUtcNow();
        var mail = new OutgoingMail
        {
            Kind = draft.Kind,
            ApiKeyId = draft.ApiKeyId,
            Recipient = draft.To.Text,
            NormalizedRecipient = draft.To.Normalized,
            Subject = draft.Subject,
            Text = draft.Content.Text,
            Html = draft.Content.Html,
            InternetMessageId = sender.NewMessageId(),
            OnceOnly = draft.OnceOnly,
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now + Persistence,
        };
        db.OutgoingMails.Add(mail);
        return mail;
    }

    /// <summary>As <see cref="Add"/>, for a mail whose content is in another row: one copy for each address, all with one Message-ID.</summary>
    public void AddForMessage(DashboardDbContext db, MailKind kind, Guid messageId, string subject, IEnumerable<EmailAddress> addresses)
    {
        var now = clock.GetUtcNow();
        var internetMessageId = sender.NewMessageId();
        db.OutgoingMails.AddRange(addresses.Select(address => new OutgoingMail
        {
            Kind = kind,
            MessageId = messageId,
            Recipient = address.Text,
            NormalizedRecipient = address.Normalized,
            Subject = subject,
            Text = null,
            Html = null,
            InternetMessageId = internetMessageId,
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now + Persistence,
        }));
    }

    /// <summary>Says that there is something to send. Costs nothing when everyone is awake.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Comes back when there may be something to send.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await woken.Reader.ReadAsync(cancellationToken);
}
