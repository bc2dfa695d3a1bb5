using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Bulk;

/// <summary>
/// Does the same to several keys of an account, each as if by itself: in a transaction of its own, with its notices, its reminders and
/// its activity. What can't be done to one doesn't stop the others.
/// </summary>
public sealed class BulkChanges(KeyEditor editor, ApiKeyService keys, ILogger<BulkChanges> logger)
{
    /// <returns>What became of each key, in their order.</returns>
    public async Task<IReadOnlyList<BulkOutcome>> RunAsync(
        Guid accountId, IReadOnlyList<ApiKeySummary> chosen, BulkChange change, Actor actor, CancellationToken cancellationToken)
    {
        var outcomes = new List<BulkOutcome>();
        foreach (var key in chosen)
        {
            outcomes.Add(new BulkOutcome(key.Id, key.Label, await TryAsync(accountId, key.Id, change, actor, cancellationToken)));
        }

        return outcomes;
    }

    /// <returns>What is wrong with what was typed, whatever the keys. Null when nothing is.</returns>
    public static BulkProblems Check(BulkChange change) => change switch
    {
        BulkChange.ReplaceContact replace => new(CheckOld(replace.Old), CheckNew(replace.New)),
        BulkChange.AddContact add => new(null, CheckNew(add.Address)),
        _ => BulkProblems.None,
    };

    private static string? CheckOld(string? typed) =>
        EmailAddress.TryParse(typed ?? "", out _) ? null : "Enter the address of the contact to replace.";

    private static string? CheckNew(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? "Enter an email address." : EmailAddress.TryParse(typed, out _) ? null : ContactList.WhyNot(typed);

    private async Task<string?> TryAsync(Guid accountId, Guid id, BulkChange change, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return change switch
            {
                BulkChange.ReplaceContact replace => Explain(
                    await editor.ChangeContactsAsync(accountId, id, contacts => Replace(contacts, replace), actor, cancellationToken)),
                BulkChange.AddContact add => Explain(
                    await editor.ChangeContactsAsync(accountId, id, contacts => Add(contacts, add), actor, cancellationToken)),
                BulkChange.DeleteExpired => await DeleteAsync(accountId, id, actor, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
            };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "One of several keys could not be changed");
            return "It couldn’t be changed. Please try again.";
        }
    }

    private static ContactsChange Replace(IReadOnlyList<EmailAddress> contacts, BulkChange.ReplaceContact replace)
    {
        var (old, added) = (EmailAddress.Parse(replace.Old!), EmailAddress.Parse(replace.New!));
        return contacts.Contains(old)
            ? new ContactsChange([.. contacts.Where(contact => contact == old || contact != added).Select(contact => contact == old ? added : contact)], null)
            : new ContactsChange(contacts, $"{old} isn’t one of its contacts.");
    }

    private static ContactsChange Add(IReadOnlyList<EmailAddress> contacts, BulkChange.AddContact add)
    {
        var added = EmailAddress.Parse(add.Address!);
        return contacts.Contains(added) ? new ContactsChange(contacts, $"{added} is already one of its contacts.")
            : contacts.Count == ContactList.MaxCount ? new ContactsChange(contacts, $"It already has {ContactList.MaxCount} contacts, the maximum.")
            : new ContactsChange([.. contacts, added], null);
    }

    private static string? Explain(ChangeContactsResult result) => result switch
    {
        ChangeContactsResult.Changed => null,
        ChangeContactsResult.Refused refused => refused.Why,
        _ => "It was deleted in the meantime.",
    };

    private async Task<string?> DeleteAsync(Guid accountId, Guid id, Actor actor, CancellationToken cancellationToken) =>
        await keys.FindAsync(accountId, id, cancellationToken) switch
        {
            // Its expiry can't change, so it still holds a moment later.
            { Status: ApiKeyStatus.Expired } => await keys.DeleteAsync(accountId, id, actor, cancellationToken) ? null : "It was already deleted.",
            { } => "It hasn’t expired.",
            null => "It was already deleted.",
        };
}

/// <summary>What is wrong with the addresses that were typed. Null where they are right.</summary>
public sealed record BulkProblems(string? Old, string? New)
{
    public static readonly BulkProblems None = new(null, null);
}
