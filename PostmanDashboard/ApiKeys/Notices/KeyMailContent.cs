using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.ApiKeys.Notices;

/// <summary>What every mail about a key says of it in the same words.</summary>
internal static class KeyMailContent
{
    private const string OpenKey = "Open this key in Settings";

    /// <param name="more">Further facts for this mail.</param>
    public static MailContent FactsOf(this MailContent content, ApiKey key, string accountEmail, params (string Name, string Value)[] more) =>
        content.Facts([("Label", key.Label), ("Key", $"•••••{key.Hint}"), ("Account", accountEmail), .. more]);

    /// <summary>For a mail in which something else has the button.</summary>
    public static MailContent LinkTo(this MailContent content, ApiKey key, PublicAddress address) =>
        content.Link(OpenKey, address.OfKey(key.Id));

    public static MailContent ButtonTo(this MailContent content, ApiKey key, PublicAddress address) =>
        content.Button(OpenKey, address.OfKey(key.Id));
}
