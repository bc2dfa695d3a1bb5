using System.ComponentModel;
using System.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>The programs that some tests need beside the SDK, and why such a test is skipped without them.</summary>
/// <remarks>With <c>POSTMAN_TESTS_NO_SKIP=1</c> nothing is skipped: the test runs, and fails saying what is missing.</remarks>
internal static class TestTools
{
    private const string NodeName = "node";

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // The system's first: another Python that comes first in PATH doesn't see the system's packages.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private static readonly Lazy<string?> FoundBrowser = new(FindBrowser);
    private static readonly Lazy<string?> FoundPython = new(() => FindPython("aiosmtpd"));
    private static readonly Lazy<string?> FoundCalendarPython = new(() => FindPython("icalendar"));
    private static readonly Lazy<bool> FoundNode = new(HasNode);
    private static readonly Lazy<bool> FoundPostfix = new(
        () => File.Exists("/usr/sbin/postfix") && (Environment.IsPrivilegedProcess || Runs("sudo", "-n", "true")));
    private static readonly Lazy<bool> FoundCurl = new(() => Runs("curl", "--version"));

    /// <summary>The path of a Chromium. <c>CHROMIUM</c> goes before what is installed.</summary>
    public static string Browser => FoundBrowser.Value ?? throw new InvalidOperationException(NoBrowser);

    /// <summary>A Python that has aiosmtpd.</summary>
    public static string Python => FoundPython.Value ?? throw new InvalidOperationException(NoMailServer);

    /// <summary>A Python that has icalendar.</summary>
    public static string CalendarPython => FoundCalendarPython.Value ?? throw new InvalidOperationException(NoCalendarParser);

    public static string Node => FoundNode.Value && HasNpmClient ? NodeName : throw new InvalidOperationException(NoNode);

    public static string Curl => FoundCurl.Value ? "curl" : throw new InvalidOperationException(NoCurl);

    /// <summary>What stands before a command that needs to be root.</summary>
    public static string[] AsRoot =>
        FoundPostfix.Value ? (Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"]) : throw new InvalidOperationException(NoPostfix);

    /// <summary>Null when tests in a browser run.</summary>
    public static string? WhyNoBrowser => MaySkip && FoundBrowser.Value is null ? NoBrowser : null;

    /// <summary>Null when tests against a real SMTP server run.</summary>
    public static string? WhyNoMailServer => MaySkip && FoundPython.Value is null ? NoMailServer : null;

    /// <summary>Null when tests with another program's reading of a calendar run.</summary>
    public static string? WhyNoCalendarParser => MaySkip && FoundCalendarPython.Value is null ? NoCalendarParser : null;

    /// <summary>Null when tests with Postfix run.</summary>
    public static string? WhyNoPostfix => MaySkip && !FoundPostfix.Value ? NoPostfix : null;

    /// <summary>Null when tests with the npm client run.</summary>
    public static string? WhyNoNode => MaySkip && !(FoundNode.Value && HasNpmClient) ? NoNode : null;

    /// <summary>Null when tests with curl run.</summary>
    public static string? WhyNoCurl => MaySkip && !FoundCurl.Value ? NoCurl : null;

    private static bool MaySkip => Environment.GetEnvironmentVariable("POSTMAN_TESTS_NO_SKIP") != "1";

    private static string? NamedBrowser => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : null;

    private static string NoBrowser => NamedBrowser is { } named
        ? $"CHROMIUM names {named}, which isn't there."
        : "No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM to the path of one.";

    private static string NoMailServer =>
        "No Python with aiosmtpd found. Install it (Debian and Ubuntu: apt-get install python3-aiosmtpd).";

    private static string NoCalendarParser =>
        "No Python with icalendar found. Install it (Debian and Ubuntu: apt-get install python3-icalendar).";

    private static string NoPostfix =>
        "No Postfix found, or no right to start it: only root may. Install it (Debian and Ubuntu: apt-get install postfix), and run the tests as root " +
            "or with sudo.";

    private static string NoNode => FoundNode.Value
        ? "The npm packages of PostmanDashboard.Tests/Client aren't there. Install them (npm ci, in that folder)."
        : "No Node.js 18 or newer found. Install it (Debian: apt-get install nodejs npm), then run npm ci in PostmanDashboard.Tests/Client.";

    private static string NoCurl => "No curl found. Install it (Debian and Ubuntu: apt-get install curl).";

    private static bool HasNpmClient => Directory.Exists(Path.Combine(BuildPaths.Find("Client"), "node_modules", "@opengovsg", "postmangovsg-client"));

    private static string? FindBrowser() =>
        (NamedBrowser is { } named ? [named] : Browsers).FirstOrDefault(File.Exists);

    private static string? FindPython(string module) => Pythons.FirstOrDefault(python => Has(python, module));

    private static bool Has(string python, string module) => Runs(python, "-c", $"import {module}");

    private static bool HasNode() => Runs(NodeName, "-e", "process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)");

    /// <returns>Whether the program is there and ends well.</returns>
    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
