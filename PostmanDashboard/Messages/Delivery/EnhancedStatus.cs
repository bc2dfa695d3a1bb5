using System.Text.RegularExpressions;

namespace PostmanDashboard.Messages.Delivery;

/// <summary>The enhanced status code (RFC 3463) that many mail servers put into their answers: <c>5.1.1</c> is a mailbox that isn't there.</summary>
internal static partial class EnhancedStatus
{
    /// <returns>Null when the answer holds none.</returns>
    public static string? In(string? answer) => Pattern().Match(answer ?? "") is { Success: true } found ? found.Groups["code"].Value : null;

    // After the three digits of the basic code, which also keeps it apart from addresses like 10.1.2.3.
    [GeneratedRegex(@"\b[245][0-9]{2}[ -](?<code>[245]\.[0-9]{1,3}\.[0-9]{1,3})(?![.0-9])")]
    private static partial Regex Pattern();
}
