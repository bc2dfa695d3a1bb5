using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Listing;

namespace PostmanDashboard.Messages.Delivery;

/// <summary>What became of one mail of a message.</summary>
/// <param name="ErrorCode">Null unless it bounced.</param>
/// <param name="Reason">The mail server's words. Null unless it bounced.</param>
/// <param name="SentAt">Null unless it was sent.</param>
internal sealed record CopyOutcome(MessageStatus Status, string? ErrorCode, string? Reason, DateTimeOffset? SentAt)
{
    public static readonly CopyOutcome Accepted = new(MessageStatus.Accepted, null, null, null);
}

/// <summary>What became of the mails of one message, by address.</summary>
internal sealed class CopyOutcomes
{
    private readonly Dictionary<string, CopyOutcome> byAddress;

    private CopyOutcomes(IEnumerable<(string NormalizedRecipient, CopyOutcome Outcome)> mails) =>
        byAddress = mails.ToDictionary(mail => mail.NormalizedRecipient, mail => mail.Outcome, StringComparer.Ordinal);

    /// <summary>Of a message that was accepted just now.</summary>
    public static CopyOutcomes None { get; } = new([]);

    /// <param name="messageIds">Of messages that have copies; others take time and say nothing.</param>
    public static async Task<Dictionary<Guid, CopyOutcomes>> ReadAsync(
        DashboardDbContext db, IReadOnlyCollection<Guid> messageIds, CancellationToken cancellationToken)
    {
        if (messageIds.Count == 0)
        {
            return [];
        }

        var mails = await db.OutgoingMails
            .Where(mail => mail.MessageId != null && messageIds.Contains(mail.MessageId.Value))
            .Select(mail => new { Id = mail.MessageId!.Value, mail.NormalizedRecipient, mail.State, mail.ErrorCode, mail.Reason, mail.SettledAt })
            .ToListAsync(cancellationToken);
        return mails.GroupBy(mail => mail.Id).ToDictionary(
            message => message.Key,
            message => new CopyOutcomes(
                message.Select(mail => (mail.NormalizedRecipient, OutcomeOf(mail.State, mail.ErrorCode, mail.Reason, mail.SettledAt)))));
    }

    /// <summary>The copies that bounced, for each message that has any.</summary>
    public static async Task<ILookup<Guid, BouncedCopy>> ReadBouncedAsync(
        DashboardDbContext db, IReadOnlyCollection<Guid> messageIds, CancellationToken cancellationToken)
    {
        var bounced =
            from mail in db.OutgoingMails
            join message in db.Messages on mail.MessageId equals message.Id
            where messageIds.Contains(message.Id) && mail.State == MailState.Failed && mail.NormalizedRecipient != message.NormalizedRecipient
            orderby mail.Id
            select new { message.Id, Copy = new BouncedCopy(mail.Recipient, mail.ErrorCode ?? MailFailure.Refused) };
        return (messageIds.Count == 0 ? [] : await bounced.ToListAsync(cancellationToken)).ToLookup(mail => mail.Id, mail => mail.Copy);
    }

    /// <param name="address">A copy's, or the recipient's: whoever is both gets one mail.</param>
    public CopyOutcome Of(string address) => byAddress.GetValueOrDefault(EmailAddress.Parse(address).Normalized, CopyOutcome.Accepted);

    private static CopyOutcome OutcomeOf(MailState state, string? errorCode, string? reason, DateTimeOffset? settledAt) => state switch
    {
        MailState.Waiting => CopyOutcome.Accepted,
        MailState.Sent => new CopyOutcome(MessageStatus.Sent, null, null, settledAt),
        _ => new CopyOutcome(MessageStatus.Bounced, errorCode, reason, null),
    };
}
