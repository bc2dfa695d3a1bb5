using System.ComponentModel;
using System.Diagnostics;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>Finds what some tests need beside the SDK, and says why such a test is skipped where it is missing.</summary>
/// <remarks>With <c>POSTMAN_TESTS_NO_SKIP=1</c> no test is skipped for a missing program: it runs, and fails saying which.</remarks>
internal static class TestTools
{
    // Debian's Chromium without windows first: the same pages for less processor time.
    private static readonly string[] Browsers =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // The system's first: another Python that comes first in PATH doesn't see the system's packages.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private static readonly Dictionary<Needs, Lazy<Tool>> Tools = new()
    {
        [Needs.Browser] = new(FindBrowser),
        [Needs.Python] = new(() => new Tool(
            Pythons.FirstOrDefault(python => Runs(python, "--version")), "No Python found. Install it (Debian and Ubuntu: apt-get install python3).")),
        [Needs.MailServer] = new(() => FindPython("aiosmtpd")),
        [Needs.CalendarParser] = new(() => FindPython("icalendar")),
        [Needs.Postfix] = new(FindPostfix),
        [Needs.Node] = new(FindNode),
        [Needs.Curl] = new(() => new Tool(Runs("curl", "--version") ? "curl" : null, "No curl found. Install it (Debian and Ubuntu: apt-get install curl).")),
    };

    /// <summary>What stands before a command that needs to be root.</summary>
    public static string[] AsRoot => Environment.IsPrivilegedProcess ? [] : ["sudo", "-n"];

    private static bool MaySkip => Environment.GetEnvironmentVariable("POSTMAN_TESTS_NO_SKIP") != "1";

    /// <returns>The program, as it is started.</returns>
    /// <exception cref="InvalidOperationException">It is missing.</exception>
    public static string Find(Needs need) => Tools[need].Value.Program ?? throw new InvalidOperationException(Tools[need].Value.WhyNot);

    /// <returns>Null when a test with these needs runs.</returns>
    public static string? WhySkip(Needs needs) =>
        WhyNotHere(needs) ?? (MaySkip ? Tools.Where(tool => needs.HasFlag(tool.Key) && tool.Value.Value.Program is null)
            .Select(tool => tool.Value.Value.WhyNot).FirstOrDefault() : null);

    /// <summary>What no installation mends.</summary>
    private static string? WhyNotHere(Needs needs)
    {
        if (needs.HasFlag(Needs.Root) && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess))
        {
            return "Only root on Linux can give files to other users and mount file systems.";
        }

        return needs.HasFlag(Needs.Linux) && !OperatingSystem.IsLinux() ? "Linux only." : null;
    }

    /// <summary><c>CHROMIUM</c> goes before what is installed.</summary>
    private static Tool FindBrowser() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? new(File.Exists(named) ? named : null, $"CHROMIUM names {named}, which isn't there.")
        : new(
            Browsers.FirstOrDefault(File.Exists),
            "No Chromium found. Install it (Debian: apt-get install chromium-headless-shell), or set CHROMIUM to the path of one.");

    private static Tool FindPython(string module) => new(
        Pythons.FirstOrDefault(python => Runs(python, "-c", $"import {module}")),
        $"No Python with {module} found. Install it (Debian and Ubuntu: apt-get install python3-{module}).");

    private static Tool FindPostfix()
    {
        const string Path = "/usr/sbin/postfix";
        return new(
            File.Exists(Path) && (Environment.IsPrivilegedProcess || Runs("sudo", "-n", "true")) ? Path : null,
            "No Postfix found, or no right to start it: only root may. Install it (Debian and Ubuntu: apt-get install postfix), and run the tests as root " +
                "or with sudo.");
    }

    private static Tool FindNode()
    {
        if (!Runs("node", "-e", "process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)"))
        {
            return new(
                null, "No Node.js 18 or newer found. Install it (Debian: apt-get install nodejs npm), then run npm ci in PostmanDashboard.Tests/Client.");
        }

        return new(
            Directory.Exists(Path.Combine(BuildPaths.Find("Client"), "node_modules", "@opengovsg", "postmangovsg-client")) ? "node" : null,
            "The npm packages of PostmanDashboard.Tests/Client aren't there. Install them (npm ci, in that folder).");
    }

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

    /// <param name="Program">Null: it is missing.</param>
    private sealed record Tool(string? Program, string WhyNot);
}
