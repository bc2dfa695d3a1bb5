using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.Sending;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Time;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.HeldBack;

/// <summary>Refuses messages to addresses that are held back.</summary>
public sealed class HeldRecipients(AgencyTime time)
{
    /// <summary>One question to an index, for all the messages of an account that are committed together.</summary>
    public static async Task<IReadOnlyList<HeldAddress>> ReadAsync(DashboardDbContext db, Guid accountId, IEnumerable<MessageDraft> drafts)
    {
        var addresses = drafts.SelectMany(draft => draft.Everyone).Select(address => address.Normalized).Distinct().ToList();
        return await Find(db, accountId, addresses).ToListAsync();
    }

    internal static IQueryable<HeldAddress> Find(DashboardDbContext db, Guid accountId, IReadOnlyList<string> addresses) => db.HeldAddresses.AsNoTracking()
        .Where(held => held.AccountId == accountId && EF.Parameter(addresses).Contains(held.NormalizedAddress) && held.IsHeld);

    /// <returns>What is said of each, by the field that it stands in.</returns>
    public ApiProblem Refuse(MessageDraft draft, IReadOnlyList<HeldAddress> held)
    {
        var errors = new ValidationErrors();
        Add(errors, Names.Recipient, [draft.Recipient], held);
        Add(errors, Names.Cc, draft.Cc, held);
        Add(errors, Names.Bcc, draft.Bcc, held);
        return errors.ToProblem();
    }

    private void Add(ValidationErrors errors, string field, IReadOnlyList<EmailAddress> addresses, IReadOnlyList<HeldAddress> held)
    {
        foreach (var one in held.Where(one => addresses.Any(address => address.Normalized == one.NormalizedAddress)))
        {
            errors.Add(
                field,
                $"{one.Address} has been held back since {time.Format(one.Since)}, because a message to it bounced: {one.Reason.TrimEnd('.')}. If the " +
                    "address is right, release it in the dashboard under Messages → Held back.",
                ApiProblemCode.InvalidRecipient);
        }
    }
}
