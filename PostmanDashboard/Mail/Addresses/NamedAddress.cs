using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using MimeKit;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Mail.Addresses;

/// <summary>A mailbox as programs write it: an address alone, or behind a name, <c>Team X &lt;team@agency.gov.sg&gt;</c>. The
/// address is any that mail can go to.</summary>
/// <param name="Name">Null when there is none. Never holds a control character, so that it can't add a header, nor one that nobody sees.</param>
public sealed partial record NamedAddress(string? Name, EmailAddress Address)
{
    public static bool TryParse(string? typed, [NotNullWhen(true)] out NamedAddress? mailbox)
    {
        var text = (typed ?? "").Trim();
        var open = text.EndsWith('>') ? text.LastIndexOf('<') : -1;
        var (name, address) = open < 0 ? ("", text) : (Unquote(text[..open].Trim()), text[(open + 1)..^1]);
        var shown = VisibleText.Clean(name).Trim();
        mailbox = EmailAddress.TryParseRecipient(address, out var parsed) && !name.Any(VisibleText.IsControl)
            ? new NamedAddress(shown.Length == 0 ? null : shown, parsed)
            : null;
        return mailbox is not null;
    }

    /// <summary>For what was checked when it was stored.</summary>
    /// <exception cref="FormatException"><paramref name="stored"/> is not a mailbox.</exception>
    public static NamedAddress Parse(string stored) =>
        TryParse(stored, out var mailbox) ? mailbox : throw new FormatException("A stored value is not a mailbox.");

    public MailboxAddress ToMailbox() => new(HeaderText.Literal(Name ?? ""), Address.Text);

    public override string ToString() => Name is null ? Address.Text : $"{Name} <{Address.Text}>";

    private static string Unquote(string name) =>
        name.Length >= 2 && name.StartsWith('"') && name.EndsWith('"') ? Escaped().Replace(name[1..^1], "$1").Trim() : name;

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
