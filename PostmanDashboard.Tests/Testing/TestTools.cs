using System.ComponentModel;
using System.Diagnostics;

namespace PostmanDashboard.Tests.Testing;

/// <summary>The programs that some tests need beside the SDK, and why such a test is skipped without them.</summary>
/// <remarks>With <c>POSTMAN_TESTS_NO_SKIP=1</c> nothing is skipped: the test runs, and fails saying what is missing.</remarks>
internal static class TestTools
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // The system's first: another Python that comes first in PATH doesn't see the system's packages.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private static readonly Lazy<string?> FoundBrowser = new(FindBrowser);
    private static readonly Lazy<string?> FoundPython = new(FindPython);

    /// <summary>The path of a Chromium. <c>CHROMIUM</c> goes before what is installed.</summary>
    public static string Browser => FoundBrowser.Value ?? throw new InvalidOperationException(NoBrowser);

    /// <summary>A Python that has aiosmtpd.</summary>
    public static string Python => FoundPython.Value ?? throw new InvalidOperationException(NoMailServer);

    /// <summary>Null when tests in a browser run.</summary>
    public static string? WhyNoBrowser => MaySkip && FoundBrowser.Value is null ? NoBrowser : null;

    /// <summary>Null when tests against a real SMTP server run.</summary>
    public static string? WhyNoMailServer => MaySkip && FoundPython.Value is null ? NoMailServer : null;

    private static bool MaySkip => Environment.GetEnvironmentVariable("POSTMAN_TESTS_NO_SKIP") != "1";

    private static string? NamedBrowser => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : null;

    private static string NoBrowser => NamedBrowser is { } named
        ? $"CHROMIUM names {named}, which isn't there."
        : "No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM to the path of one.";

    private static string NoMailServer =>
        "No Python with aiosmtpd found. Install it (Debian and Ubuntu: apt-get install python3-aiosmtpd).";

    private static string? FindBrowser() =>
        (NamedBrowser is { } named ? [named] : Browsers).FirstOrDefault(File.Exists);

    private static string? FindPython() => Pythons.FirstOrDefault(HasMailServer);

    private static bool HasMailServer(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
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
