using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace PostmanDashboard.Mail;

/// <summary>One mailbox, <c>mei@agency.gov.sg</c>: the addr-spec of RFC 5322 in ASCII, with a domain that has a dot, at most 254 characters.</summary>
/// <remarks>Compared without regard to case. Display names, comments, quoted local parts and address literals are no use here and are refused.</remarks>
public sealed record EmailAddress
{
    public const int MaxLength = 254;

    private const int LocalPartMaxLength = 64;

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

    public bool Equals(EmailAddress? other) => other is not null && Normalized == other.Normalized;

    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsMailbox(string text) =>
        text.Length is > 0 and <= MaxLength
        && text.All(character => character is > ' ' and < '\x7f' and not ('"' or '[' or ']' or '(' or ')' or '<' or '>' or ',' or ';' or ':' or '\\'))
        && text.LastIndexOf('@') is > 0 and <= LocalPartMaxLength
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address == text
        && IsDomain(text[(text.LastIndexOf('@') + 1)..]);

    private static bool IsDomain(string domain) =>
        domain.Contains('.', StringComparison.Ordinal)
        && domain.Split('.').All(part => part.Length is > 0 and <= 63
            && !part.StartsWith('-') && !part.EndsWith('-')
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'));
}
