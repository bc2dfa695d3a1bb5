using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PostmanDashboard.Mail;

/// <summary>One mailbox, <c>mei@agency.gov.sg</c>: the addr-spec of RFC 5322 in ASCII, with a domain that has a dot, at most 254 characters.</summary>
/// <remarks>Compared without regard to case. Display names, comments, quoted local parts and address literals are no use here and are refused.</remarks>
public sealed record EmailAddress
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

    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        var text = (typed ?? "").Trim();
        address = IsMailbox(text) ? new EmailAddress(text) : null;
        return address is not null;
    }

    /// <summary>For what was checked when it was stored.</summary>
    /// <exception cref="FormatException"><paramref name="stored"/> is not an email address.</exception>
    public static EmailAddress Parse(string stored) =>
        TryParse(stored, out var address) ? address : throw new FormatException("A stored value is not an email address.");

    public bool Equals(EmailAddress? other) => other is not null && Normalized == other.Normalized;

    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsMailbox(string text) =>
        text.Length <= MaxLength && text.Split('@') is [var local, var domain] && IsLocalPart(local) && IsDomain(domain);

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
}
