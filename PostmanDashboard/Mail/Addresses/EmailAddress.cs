using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PostmanDashboard.Mail.Addresses;

/// <summary>One mailbox, <c>mei@agency.gov.sg</c>: the addr-spec of RFC 5322 in ASCII, with a domain that has a dot, at most 254 characters.</summary>
/// <remarks>
/// Compared without regard to case. Display names, comments, quoted local parts and address literals are no use here and are refused.
/// An internationalised domain is kept as what mail servers know it by: <c>bücher.example</c> as <c>xn--bcher-kva.example</c>.
/// </remarks>
public sealed partial record EmailAddress
{
    public const int MaxLength = 254;

    private const int LocalPartMaxLength = 64;

    private static readonly SearchValues<char> LocalPartCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-/=?^_`{|}~");

    private EmailAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>The address in upper case: what is compared and indexed.</summary>
    public string Normalized => Text.ToUpperInvariant();

    /// <summary>What is after the @, in lower case.</summary>
    public string Domain => Text[(Text.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <summary>
    /// Whether a mail server may read another address out of the local part and send on to that: <c>attacker%evil.example@agency.gov.sg</c>
    /// and <c>evil.example!attacker@agency.gov.sg</c> (Postfix and Sendmail at their defaults), the return addresses that forwarding
    /// servers write (SRS), and addresses encapsulated by Exchange (IMCEA). Who reads its mail proves nothing about the domain.
    /// </summary>
    public bool IsRoute => Route().IsMatch(Text);

    /// <summary>Reads an address whose owner we trust to be of its domain, or whom we mail ourselves. Not one that <see cref="IsRoute"/>.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        if (TryParseRecipient(typed, out address) && address.IsRoute)
        {
            address = null;
        }

        return address is not null;
    }

    /// <summary>Reads any address that mail can go to: programs may write to whom they like.</summary>
    public static bool TryParseRecipient(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = TypedAddress.Read(typed) is [var local, var domain] && local.Length + domain.Length < MaxLength && IsLocalPart(local) && IsDomain(domain)
            ? new EmailAddress($"{local}@{domain}")
            : null;
        return address is not null;
    }

    /// <summary>For what was checked when it was stored.</summary>
    /// <exception cref="FormatException"><paramref name="stored"/> is not an email address.</exception>
    public static EmailAddress Parse(string stored) =>
        TryParseRecipient(stored, out var address) ? address : throw new FormatException("A stored value is not an email address.");

    public bool Equals(EmailAddress? other) => other is not null && Normalized == other.Normalized;

    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    // Not MailboxAddress.TryParse: that reads xn--bcher-kva.example as bücher.example, and takes much that is no use here.
    private static bool IsLocalPart(string local) =>
        local.Length <= LocalPartMaxLength
        && local.Split('.').All(part => part.Length > 0 && !part.AsSpan().ContainsAnyExcept(LocalPartCharacters));

    // A last part of digits alone is no domain but an IP address.
    private static bool IsDomain(string domain) =>
        domain.Split('.') is [_, .., var last]
        && !last.All(char.IsAsciiDigit)
        && domain.Split('.').All(part => part.Length is > 0 and <= 63
            && !part.StartsWith('-') && !part.EndsWith('-')
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'));

    [GeneratedRegex("^(?:[^@]*[%!]|SRS[01][=+-]|IMCEA[A-Z]*-)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Route();
}
