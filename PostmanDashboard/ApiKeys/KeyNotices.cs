using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell;

namespace PostmanDashboard.ApiKeys;

/// <summary>Tells the account and the contacts what just happened to a key: one mail to an address, even if it is both. Never with a token.</summary>
public sealed class KeyNotices(Outbox outbox, AgencyTime time, PublicAddress address)
{
    public void TellIssued(DashboardDbContext db, ApiKey key, string accountEmail) =>
        TellAll(db, key, accountEmail, isContact => isContact
            ? Named(key, accountEmail)
            : ($"API key “{key.Label}” was created", new MailContent()
                .Paragraph("A new API key was created in your account. If that wasn’t you or your team, delete it at once.")
                .FactsOf(key, accountEmail, ("Expires", time.Format(key.ExpiresAt)))
                .LinkTo(key, address)));

    /// <summary>For contacts that were added later.</summary>
    public void TellNamed(DashboardDbContext db, ApiKey key, string accountEmail, EmailAddress contact) => Tell(db, key, contact, Named(key, accountEmail));

    public void TellDeleted(DashboardDbContext db, ApiKey key, string accountEmail) =>
        TellAll(db, key, accountEmail, _ => ($"API key “{key.Label}” was deleted", new MailContent()
            .Paragraph("An API key was deleted. Every call with it is refused from now on, and no reminders are sent for it any more.")
            .FactsOf(key, accountEmail, ("Deleted", $"{time.Format(key.DeletedAt!.Value)} by {Named(new Actor(key.DeletedBy!, key.DeletedFrom))}"))
            .Paragraph("If a system still uses it, generate a new key in Settings and put it there.")
            .Link("Open Settings", $"{address.Root}/settings")));

    public void TellSecretReplaced(DashboardDbContext db, ApiKey key, string accountEmail, Actor actor, DateTimeOffset at) =>
        TellAll(db, key, accountEmail, _ => ($"The secret of API key “{key.Label}” was replaced", new MailContent()
            .Paragraph("The secret of an API key was replaced before any program had used it. The secret that was shown before is refused from now on; label, contacts, expiry and reminders stay as they were.")
            .FactsOf(key, accountEmail, ("Replaced", $"{time.Format(at)} by {Named(actor)}"))
            .Paragraph("If that wasn’t you or your team, have the key deleted at once.")
            .LinkTo(key, address)));

    private (string Subject, MailContent Content) Named(ApiKey key, string accountEmail) => ($"You are named as a contact for API key “{key.Label}”", new MailContent()
        .Paragraph($"You are named as a contact for an API key of {accountEmail}. We mail you one month, two weeks, three days and one day before it expires.")
        .FactsOf(key, accountEmail, ("Expires", time.Format(key.ExpiresAt)))
        .LinkTo(key, address)
        .Paragraph("You don’t know this key? Ask the owner of the account, who can change its contacts in Settings."));

    private static string Named(Actor actor) => actor.Address is null ? actor.Name : $"{actor.Name}, from {actor.Address}";

    private void TellAll(DashboardDbContext db, ApiKey key, string accountEmail, Func<bool, (string Subject, MailContent Content)> write)
    {
        var account = EmailAddress.Parse(accountEmail);
        var contacts = key.Contacts.Select(contact => EmailAddress.Parse(contact.Address)).ToList();
        foreach (var to in contacts.Append(account).Distinct())
        {
            // The account itself reads what is for owners, also where it is a contact of its own.
            Tell(db, key, to, write(to != account));
        }
    }

    private void Tell(DashboardDbContext db, ApiKey key, EmailAddress to, (string Subject, MailContent Content) notice) =>
        outbox.Add(db, new MailDraft(MailKind.Notice, to, notice.Subject, notice.Content, key.Id));
}
