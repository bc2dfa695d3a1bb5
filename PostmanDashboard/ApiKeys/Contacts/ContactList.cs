using System.Collections;
using System.Diagnostics.CodeAnalysis;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Contacts;

/// <summary>The 1 to 10 addresses that are mailed about a key, each once.</summary>
public sealed class ContactList : IReadOnlyList<EmailAddress>
{
    public const int MaxCount = 10;

    private readonly List<EmailAddress> addresses;

    private ContactList(List<EmailAddress> addresses) => this.addresses = addresses;

    public int Count => addresses.Count;

    public EmailAddress this[int index] => addresses[index];

    /// <param name="problem">What to change, naming the invalid address, when the answer is false.</param>
    public static bool TryParse(
        IEnumerable<string> typed, [NotNullWhen(true)] out ContactList? contacts, [NotNullWhen(false)] out string? problem)
    {
        var addresses = new List<EmailAddress>();
        foreach (var entry in typed)
        {
            if (!EmailAddress.TryParse(entry, out var address))
            {
                return Refused(WhyNot(entry), out contacts, out problem);
            }

            if (addresses.Contains(address))
            {
                return Refused($"{address} is listed twice. Remove one.", out contacts, out problem);
            }

            addresses.Add(address);
        }

        if (addresses.Count is 0 or > MaxCount)
        {
            return Refused(
                addresses.Count is 0
                    ? "Add at least one contact, so that someone is reminded before the key expires."
                    : $"A key has at most {MaxCount} contacts; these are {addresses.Count}. Use a group address for more.",
                out contacts,
                out problem);
        }

        (contacts, problem) = (new ContactList(addresses), null);
        return true;
    }

    /// <summary>Why an entry can't be a contact.</summary>
    public static string WhyNot(string entry) => EmailAddress.TryParseRecipient(entry, out var address)
        ? $"“{address}” can’t be a contact, because mail servers may forward mail for such an address (with % or !)."
        : $"“{entry.Trim()}” is not an email address. Enter one like name@agency.gov.sg.";

    public IEnumerator<EmailAddress> GetEnumerator() => addresses.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool Refused(string why, out ContactList? contacts, out string? problem)
    {
        (contacts, problem) = (null, why);
        return false;
    }
}
