using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Notices;

/// <summary>Notifies the account and the contacts of what just happened to a key: one mail to an address, even if it is both. Never with a token.</summary>
public sealed class KeyNotices(Outbox outbox, AgencyTime time, PublicAddress address)
{
    public void NotifyIssued(DashboardDbContext db, ApiKey key, string accountEmail) =>
        NotifyAll(db, key, accountEmail, isContact => isContact
            ? Named(key, accountEmail)
            : ($"API key “{key.Label}” was created", new MailContent()
                .Paragraph("A new API key was created in your account. If this wasn’t you or your team, delete it immediately.")
                .FactsOf(key, accountEmail, ("Expires", time.Format(key.ExpiresAt)))
                .ButtonTo(key, address)));

    /// <summary>For contacts that were added later.</summary>
    public void NotifyContactAdded(DashboardDbContext db, ApiKey key, string accountEmail, EmailAddress contact) =>
        Notify(db, key, contact, Named(key, accountEmail));

    /// <summary>For a key that replaces another one: people who get mail about the old one are notified once, with what to do.</summary>
    /// <param name="old">With its contacts.</param>
    public void NotifyReplaced(DashboardDbContext db, ApiKey old, ApiKey replacement, string accountEmail)
    {
        var before = EmailsOf(old).Append(EmailAddress.Parse(accountEmail)).Distinct().ToList();
        foreach (var to in before)
        {
            Notify(db, replacement, to, Replaced(old, replacement, accountEmail));
        }

        foreach (var added in EmailsOf(replacement).Except(before))
        {
            Notify(db, replacement, added, Named(replacement, accountEmail));
        }
    }

    /// <param name="successor">The key that had been made in its place. Null where there is none.</param>
    public void NotifyDeleted(DashboardDbContext db, ApiKey key, string accountEmail, Successor? successor) =>
        NotifyAll(db, key, accountEmail, _ => ($"API key “{key.Label}” was deleted", new MailContent()
            .Paragraph("An API key was deleted. Calls with it are now rejected, and no more reminders are sent for it.")
            .FactsOf(key, accountEmail, ("Deleted", $"{time.Format(key.DeletedAt!.Value)} by {Named(new Actor(key.DeletedBy!, key.DeletedFrom))}"))
            .Paragraph(successor is null
                ? "If a system still uses it, generate a new key in Settings and use that."
                : $"It was replaced by “{successor.Key.Label}” (•••••{successor.Key.Hint}){Formerly(successor)}. If a system still uses the old key, " +
                    $"switch it to the new one.")
            .Button("Open Settings", address.Root + PageRoutes.Settings)));

    /// <summary>For whatever else is to be said about a key to all who have to do with it.</summary>
    /// <param name="key">With its contacts.</param>
    internal void NotifyAll(DashboardDbContext db, ApiKey key, string accountEmail, string subject, MailContent content) =>
        NotifyAll(db, key, accountEmail, _ => (subject, content));

    public void NotifyTokenReissued(DashboardDbContext db, ApiKey key, string accountEmail, Actor actor, DateTimeOffset at) =>
        NotifyAll(db, key, accountEmail, _ => ($"The secret of API key “{key.Label}” was replaced", new MailContent()
            .Paragraph("The secret of an API key was replaced before any program used it. The previous secret no longer " +
                "works; label, contacts, expiry and reminders stay the same.")
            .FactsOf(key, accountEmail, ("Replaced", $"{time.Format(at)} by {Named(actor)}"))
            .Paragraph("If this wasn’t you or your team, have the key deleted immediately.")
            .ButtonTo(key, address)));

    private (string Subject, MailContent Content) Named(ApiKey key, string accountEmail) =>
        ($"You’re a contact for API key “{key.Label}”", new MailContent()
        .Paragraph($"You’re now a contact for an API key of {accountEmail}. We’ll email you before it expires, and once it has.")
        .FactsOf(key, accountEmail, ("Expires", time.Format(key.ExpiresAt)))
        .ButtonTo(key, address)
        .Paragraph("Don’t recognise this key? Ask the owner of the account, who can change its contacts in Settings."));

    private static string Formerly(Successor successor) => successor.FormerLabel is { } label ? $", which was called “{label}” until now" : "";

    private static string Named(Actor actor) => actor.Address is null ? actor.Name : $"{actor.Name}, from {actor.Address}";

    private (string Subject, MailContent Content) Replaced(ApiKey old, ApiKey replacement, string accountEmail) =>
        ($"API key “{old.Label}” is being replaced{By(old, replacement)}: switch before {time.FormatDate(old.ExpiresAt)}", new MailContent()
            .Paragraph($"A new API key, “{replacement.Label}”, was created to replace “{old.Label}”. Both work until the old one is deleted " +
                $"or expires.")
            .Facts(
                ("Old key", $"{old.Label}, •••••{old.Hint}, expires {time.Format(old.ExpiresAt)}"),
                ("New key", $"{replacement.Label}, •••••{replacement.Hint}, expires {time.Format(replacement.ExpiresAt)}"),
                ("Account", accountEmail))
            .Paragraph("Next steps, in this order:")
            .Steps(
                "Put the new key into every system that uses the old one, and restart it if needed.",
                "Wait until nothing uses the old key: the rotation page shows who still calls with it.",
                "Delete the old key.")
            .Button("Open the rotation", address.OfRotation(old.Id))
            .Paragraph("If this wasn’t you or your team, delete the new key immediately."));

    /// <remarks>Two labels of a hundred characters would be longer than a subject may be.</remarks>
    private static string By(ApiKey old, ApiKey replacement) =>
        old.Label.Length + replacement.Label.Length > 180 ? "" : $" by “{replacement.Label}”";

    private static IEnumerable<EmailAddress> EmailsOf(ApiKey key) =>
        key.Contacts.OrderBy(contact => contact.Position).Select(contact => EmailAddress.Parse(contact.Address));

    private void NotifyAll(DashboardDbContext db, ApiKey key, string accountEmail, Func<bool, (string Subject, MailContent Content)> write)
    {
        var account = EmailAddress.Parse(accountEmail);
        foreach (var to in EmailsOf(key).Append(account).Distinct())
        {
            // The account itself reads what is for owners, also where it is a contact of its own.
            Notify(db, key, to, write(to != account));
        }
    }

    private void Notify(DashboardDbContext db, ApiKey key, EmailAddress to, (string Subject, MailContent Content) notice) =>
        outbox.Add(db, new MailDraft(MailKind.Notice, to, notice.Subject, notice.Content, key.Id));
}
