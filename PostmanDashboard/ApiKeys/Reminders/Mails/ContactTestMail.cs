using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>Lets the owner of a key see whether its contacts can be reached, before it matters. Once an hour a key.</summary>
public sealed class ContactTestMail(IDbContextFactory<DashboardDbContext> databases, Outbox outbox, AgencyTime time, PublicAddress address, TimeProvider clock)
{
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public async Task<ContactTestMailResult> SendAsync(Guid accountId, Guid apiKeyId, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.Include(key => key.Contacts).OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == apiKeyId, cancellationToken);
        if (key is null)
        {
            return new ContactTestMailResult.NotFound();
        }

        var last = await db.OutgoingMails.Where(mail => mail.ApiKeyId == apiKeyId && mail.Kind == MailKind.Test)
            .MaxAsync(mail => (DateTimeOffset?)mail.CreatedAt, cancellationToken);
        // One from the future was sent before the clock was set back.
        if (last is { } lastAt && lastAt <= clock.GetUtcNow() && lastAt + Pause > clock.GetUtcNow())
        {
            return new ContactTestMailResult.TooSoon(lastAt + Pause);
        }

        foreach (var contact in key.Contacts.OrderBy(contact => contact.Position))
        {
            outbox.Add(db, new MailDraft(MailKind.Test, EmailAddress.Parse(contact.Address), $"Test mail for API key “{key.Label}”", Content(key), key.Id));
        }

        KeyEvents.Add(db, key.Id, KeyEventKind.ContactTestMailSent, actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return new ContactTestMailResult.Queued(key.Contacts.Count);
    }

    private MailContent Content(ApiKey key) => new MailContent()
        .Paragraph("This is a test; no action is needed. Reminders before this API key expires will reach you the same way.")
        .Facts(("Label", key.Label), ("Key", $"•••••{key.Hint}"), ("Expires", time.Format(key.ExpiresAt)))
        .ButtonTo(key, address);
}

/// <summary>What can come of asking for a test mail.</summary>
public abstract record ContactTestMailResult
{
    private ContactTestMailResult()
    {
    }

    public sealed record Queued(int Contacts) : ContactTestMailResult;

    /// <param name="Until">When the next one may be sent.</param>
    public sealed record TooSoon(DateTimeOffset Until) : ContactTestMailResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : ContactTestMailResult;
}
