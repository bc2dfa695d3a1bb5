using System.Globalization;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Usage.Callers;

/// <summary>What tells the callers of a key apart: where they call from, and what they call themselves.</summary>
/// <param name="Address">Empty when the connection has none, as over a Unix socket.</param>
/// <param name="UserAgent">Empty when the program doesn't say.</param>
public readonly record struct CallerName(string Address, string UserAgent)
{
    /// <summary>Everyone beyond the limit.</summary>
    public static CallerName Others { get; } = new(KeyCaller.Others, "");

    /// <param name="userAgent">As sent. Only what can be shown without harm is kept of it, and not too much.</param>
    public static CallerName Of(string? address, string? userAgent) => new(address ?? "", Clean(userAgent ?? ""));

    public static CallerName Of(HttpContext call) => Of(call.GetClientAddress(), call.Request.Headers.UserAgent.ToString());

    private static string Clean(string text)
    {
        if (text.Length <= KeyCaller.UserAgentMaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Trim();
        }

        var shown = text.All(IsShown) ? text : VisibleText.WithoutInvisible(string.Concat(text.Where(IsShown)));
        var cut = shown.Length <= KeyCaller.UserAgentMaxLength ? shown : shown[..KeyCaller.UserAgentMaxLength];
        return cut.Trim();
    }

    /// <summary>
    /// Neither control characters, nor those that turn the direction of the words around them, nor halves of characters, which no
    /// database takes; a user agent has no business with what needs two halves.
    /// </summary>
    private static bool IsShown(char one) => char.GetUnicodeCategory(one) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
