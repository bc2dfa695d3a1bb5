using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Editing;

/// <summary>What is to become of a key's contacts, decided by what they are.</summary>
/// <param name="Problem">Why they stay as they are, in a sentence. Null where they change.</param>
public sealed record ContactsChange(IReadOnlyList<EmailAddress> Contacts, string? Problem);

/// <summary>What can come of changing the contacts of a key. Only <see cref="Changed"/> changed anything.</summary>
public abstract record ChangeContactsResult
{
    private ChangeContactsResult()
    {
    }

    public sealed record Changed : ChangeContactsResult;

    /// <summary>It can't be done to this key.</summary>
    public sealed record Refused(string Why) : ChangeContactsResult;

    /// <summary>The account has no such key, or has deleted it.</summary>
    public sealed record NotFound : ChangeContactsResult;
}
