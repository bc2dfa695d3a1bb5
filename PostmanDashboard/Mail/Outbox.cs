using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail;

/// <summary>Where every mail is put but sign-in codes. Add it in the transaction of the fact that it tells, commit, then <see cref="Wake"/>.</summary>
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
            MessageId = sender.NewMessageId(),
            OnceOnly = draft.OnceOnly,
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now + Persistence,
        };
        db.OutgoingMails.Add(mail);
        return mail;
    }

    /// <returns>Those that <see cref="RetryAsync"/> puts in line again: failed, and with a body.</returns>
    public static IQueryable<OutgoingMail> Retryable(IQueryable<OutgoingMail> mails) =>
        mails.Where(mail => mail.State == MailState.Failed && mail.Text != null);

    /// <summary>Puts failed mails in line again, for three days more.</summary>
    /// <returns>How many. A mail whose body was blanked can't be sent again.</returns>
    public async Task<int> RetryAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var giveUpAt = now + Persistence;
        var taken = await Retryable(mails).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.State, MailState.Waiting)
                .SetProperty(mail => mail.SettledAt, (DateTimeOffset?)null)
                .SetProperty(mail => mail.Tries, 0)
                .SetProperty(mail => mail.DueAt, now)
                .SetProperty(mail => mail.GiveUpAt, giveUpAt),
            cancellationToken);
        Wake();
        return taken;
    }

    /// <summary>Says that there is something to send. Costs nothing when everybody is awake.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Comes back when there may be something to send.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await woken.Reader.ReadAsync(cancellationToken);
}
