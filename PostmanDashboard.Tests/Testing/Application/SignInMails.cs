using System.Text.RegularExpressions;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>Reads codes as a person does, in their mail.</summary>
public static partial class SignInMails
{
    /// <summary>The code in the newest mail to an address, as it is written there: <c>123 456</c>.</summary>
    public static string LastCode(this RecordingTransport mail, string address) => CodeIn(mail.To(address)[^1].TextBody);

    public static string CodeIn(string? text) => Code().Match(text ?? "") is { Success: true } found
        ? found.Value
        : throw new InvalidOperationException($"There is no code in: {text}");

    /// <summary>The path of the link in a mail that lets a new browser have codes of its own.</summary>
    public static string LinkIn(string? text) => Link().Match(text ?? "") is { Success: true } found
        ? found.Value
        : throw new InvalidOperationException($"There is no link in: {text}");

    /// <summary>A code that is surely not this one.</summary>
    public static string WrongCode(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    [GeneratedRegex(@"\b\d{3} \d{3}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"/sign-in/browser/[\w-]{43}")]
    private static partial Regex Link();
}
