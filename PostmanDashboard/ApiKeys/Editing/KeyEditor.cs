using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Notes;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Editing;

/// <summary>Changes what may be changed of a key. Another account's key is answered like one that doesn't exist.</summary>
public sealed class KeyEditor(
    IDbContextFactory<DashboardDbContext> databases, KeyNotices notices, ReminderPlan reminders, Outbox outbox, TimeProvider clock)
{
    public async Task<ChangeApiKeyResult> ChangeAsync(Guid accountId, Guid id, KeyEdit edit, Actor actor, CancellationToken cancellationToken)
    {
        // All, whatever the first one says.
        _ = ApiKeyLabel.TryParse(edit.Label, out var label, out var labelProblem);
        _ = ContactList.TryParse(edit.Contacts, out var contacts, out var contactsProblem);
        _ = KeyNotes.TryParse(edit.Notes?.Note, edit.Notes?.Owner, out var notes, out var notesProblems);
        if (label is null || contacts is null || notes is null)
        {
            return new ChangeApiKeyResult.Invalid(labelProblem, contactsProblem, notesProblems);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.Include(key => key.Contacts).OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return new ChangeApiKeyResult.NotFound();
        }

        if (edit.Seen is not null && KeyFacts.Of(key) is var current && !current.IsSameAs(edit.Seen))
        {
            return new ChangeApiKeyResult.ChangedMeanwhile(current);
        }

        try
        {
            await ApplyAsync(db, key, label, contacts, edit.Notes is null ? null : notes, actor, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            return new ChangeApiKeyResult.LabelTaken();
        }

        outbox.Wake();
        return new ChangeApiKeyResult.Changed();
    }

    /// <param name="change">Asked within the transaction, so that nothing that somebody else changes at the same time is lost.</param>
    public async Task<ChangeContactsResult> ChangeContactsAsync(
        Guid accountId, Guid id, Func<IReadOnlyList<EmailAddress>, ContactsChange> change, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.Include(key => key.Contacts).OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return new ChangeContactsResult.NotFound();
        }

        var (wanted, problem) = change([.. key.Contacts.OrderBy(contact => contact.Position).Select(contact => EmailAddress.Parse(contact.Address))]);
        if (problem is not null || !ContactList.TryParse(wanted.Select(address => address.Text), out var contacts, out problem))
        {
            return new ChangeContactsResult.Refused(problem);
        }

        await ApplyAsync(db, key, label: null, contacts, notes: null, actor, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return new ChangeContactsResult.Changed();
    }

    /// <summary>Saved, with all that goes with it: the activity, the reminders, and a notice to each contact that is new.</summary>
    /// <param name="key">With its contacts.</param>
    /// <param name="label">Null where it stays as it is; so with the notes.</param>
    private async Task ApplyAsync(
        DashboardDbContext db, ApiKey key, ApiKeyLabel? label, ContactList contacts, KeyNotes? notes, Actor actor, CancellationToken cancellationToken)
    {
        var (before, facts) = (key.Contacts.Select(contact => contact.NormalizedAddress).ToHashSet(), KeyFacts.Of(key));
        // In a statement of its own: two that change places would hold each other's.
        key.RemoveContacts();
        await db.SaveChangesAsync(cancellationToken);
        if (label is not null)
        {
            key.Rename(label);
        }

        key.ReplaceContacts(contacts);
        if (notes is not null)
        {
            key.SetNotes(notes);
        }

        KeyEvents.AddChanges(db, key, facts, actor, clock.GetUtcNow());
        await reminders.FollowContactsAsync(db, key, cancellationToken);
        var email = await db.Users.Where(account => account.Id == key.AccountId).Select(account => account.Email!).SingleAsync(cancellationToken);
        foreach (var added in contacts.Where(contact => !before.Contains(contact.Normalized)))
        {
            notices.NotifyContactAdded(db, key, email, added);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
