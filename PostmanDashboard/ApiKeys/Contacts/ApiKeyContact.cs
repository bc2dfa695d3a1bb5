using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.ApiKeys.Contacts;

/// <summary>An email address that is mailed about one key.</summary>
public sealed class ApiKeyContact
{
    public ApiKeyContact(Guid apiKeyId, int position, EmailAddress address) =>
        (ApiKeyId, Position, Address, NormalizedAddress) = (apiKeyId, position, address.Text, address.Normalized);

    private ApiKeyContact() => (Address, NormalizedAddress) = ("", "");

    public Guid ApiKeyId { get; private init; }

    /// <summary>0 to 9: the order in which the contacts were entered, and what holds them to ten.</summary>
    public int Position { get; private init; }

    public string Address { get; private init; }

    public string NormalizedAddress { get; private init; }
}
