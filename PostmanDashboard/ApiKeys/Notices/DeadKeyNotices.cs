using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Notices;

/// <summary>Notifies the account and the contacts of a key that a program calls with it in vain, because it is dead or paused, or
/// may not be called from there: once a day, however often it
/// calls. Never with a token.</summary>
public sealed class DeadKeyNotices(Outbox outbox, AgencyTime time, PublicAddress address)
{
    /// <summary>Saved by the caller, in the transaction that counts the calls and holds the keys' rows.</summary>
    /// <returns>Whether anyone is notified.</returns>
    internal async Task<bool> AddAsync(DashboardDbContext db, IReadOnlyCollection<KeyCallCounts> tallies, CancellationToken cancellationToken)
    {
        var calls = await FindUnreportedAsync(db, tallies, cancellationToken);
        if (calls.Count == 0)
        {
            return false;
        }

        var ids = calls.Keys.ToList();
        // Nobody of a disabled account is asked to see to its keys.
        var keys = await db.ApiKeys.Include(key => key.Contacts).Where(key => ids.Contains(key.Id))
            .Join(db.Users.Where(account => account.DisabledAt == null), key => key.AccountId, account => account.Id,
                (key, account) => new { Key = key, account.Email })
            .AsNoTracking().ToListAsync(cancellationToken);
        foreach (var row in keys)
        {
            Notify(db, row.Key, row.Email!, calls[row.Key.Id]);
        }

        return keys.Count > 0;
    }

    private async Task<Dictionary<Guid, KeyCall>> FindUnreportedAsync(
        DashboardDbContext db, IReadOnlyCollection<KeyCallCounts> tallies, CancellationToken cancellationToken)
    {
        var calls = tallies.Select(tally => tally.LastReported).OfType<KeyCall>().ToDictionary(call => Name(call, 0));
        if (calls.Count > 0)
        {
            var names = calls.Keys.ToList();
            var told = await db.OutgoingMails.Where(mail => names.Contains(mail.OnceOnly!)).Select(mail => mail.OnceOnly!).ToListAsync(cancellationToken);
            told.ForEach(name => calls.Remove(name));
        }

        return calls.Values.ToDictionary(call => call.KeyId);
    }

    /// <summary>The event that a mail reports: this key, this day of the agency, and the position among the recipients.</summary>
    private string Name(KeyCall call, int recipient) =>
        string.Create(CultureInfo.InvariantCulture, $"dead-key:{call.KeyId:N}:{AgencyCalendar.DayOf(call.At, time.Zone):yyyyMMdd}:{recipient}");

    /// <summary>The first word alone, as <c>grants/1.0</c>: whoever has the key could say whatever they like in the rest, and we
    /// would mail it to the agency.</summary>
    private static string Product(string userAgent)
    {
        var product = userAgent.Split(' ')[0];
        return product.Length <= 50 ? product : product[..50];
    }

    private void Notify(DashboardDbContext db, ApiKey key, string accountEmail, KeyCall call)
    {
        var words = WordsFor(key, call);
        var caller = call.Caller switch
        {
            { Address: "" } => "an unknown address",
            { UserAgent: "" } => call.Caller.Address,
            _ => $"{call.Caller.Address} ({Product(call.Caller.UserAgent)})",
        };
        var content = new MailContent()
            .Paragraph($"A program {words.Calls} the API key “{key.Label}”, which {words.Why}, from {caller}. Its calls are rejected.")
            .FactsOf(key, accountEmail, ("Last rejected call", time.Format(call.At)))
            .Paragraph(words.Advice)
            .Paragraph("We’ll email you once a day while it keeps calling.")
            .Button(words.LeadsToKey ? "Open this key" : "Open Settings", words.LeadsToKey ? address.OfKey(key.Id) : address.Root + PageRoutes.Settings);
        var recipients = key.Contacts.OrderBy(contact => contact.Position).Select(contact => EmailAddress.Parse(contact.Address));
        foreach (var (position, to) in recipients.Prepend(EmailAddress.Parse(accountEmail)).Distinct().Index())
        {
            outbox.Add(db, new MailDraft(MailKind.Notice, to, words.Subject, content, key.Id, Name(call, position)));
        }
    }

    private Words WordsFor(ApiKey key, KeyCall call) => (key.DeletedAt, call.Outcome) switch
    {
        ({ } deletedAt, _) => Dead(key, "deleted", $"was deleted on {time.Format(deletedAt)}"),
        (_, KeyCallOutcome.Paused) => new Words(
            $"A program still calls with the paused API key “{key.Label}”",
            "still calls with",
            // It may have been resumed since, so that the next call is accepted.
            key.PausedAt is { } pausedAt ? $"was paused on {time.Format(pausedAt)}" : "was paused at that time",
            "If the program is yours, resume the key on its page, or give the program another one. If nobody recognises it, someone has a copy of " +
                "the key: leave it paused, or delete it.",
            LeadsToKey: true),
        (_, KeyCallOutcome.OutsideNetworks) => new Words(
            $"A program calls with the API key “{key.Label}” from a network that isn’t allowed",
            "calls with",
            "may be called from other networks only",
            "If the program is yours, allow its network on the key’s page. If nobody recognises it, someone has a copy of the key: rotate it.",
            LeadsToKey: true),
        _ => Dead(key, "expired", $"expired on {time.Format(key.ExpiresAt)}"),
    };

    private static Words Dead(ApiKey key, string state, string why) => new(
        $"A program still calls with the {state} API key “{key.Label}”",
        "still calls with",
        why,
        "If the program is yours, generate a new key in Settings and use that. If nobody recognises it, someone has a copy of a key that no longer " +
            "works.",
        LeadsToKey: false);

    private sealed record Words(string Subject, string Calls, string Why, string Advice, bool LeadsToKey);
}
