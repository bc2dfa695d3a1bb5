using System.Text;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Logging;

/// <summary>The console of the real program, at its finest level, while somebody sends it lines of a log.</summary>
public sealed class LogInjectionTests : IDisposable
{
    private const string Attack = "%0Afail:%20forged%0D%0A%1B[31m%C2%9B%E2%80%AE%E2%80%A8";
    private const string Forged = "forged";

    private static readonly string[] Requests =
    [
        $"GET /sign-in?signed-out={Attack}",
        $"GET /sign-in?returnUrl={Attack}",
        $"GET /{Attack}",
        $"GET /settings/{Attack}",
        $"GET /hangfire/{Attack}",
        $"GET /v1/transactional/email/{Attack}",
        $"GET /calendar/{Attack}.ics",
        $"POST /sign-in?{Attack}",
        $"FORGED\u001b[31m /{Attack}",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("line", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (trce|dbug|info|warn|fail|crit) [\w.]+(\[\d+\])?: ")]
    [InlineData("json", @"^\{""Timestamp"":""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"".*\}$")]
    public async Task Nothing_that_is_sent_begins_a_line_of_the_log_or_commands_the_terminal(string form, string line)
    {
        await using var dashboard = await DashboardProcess.StartAsync(
            folder.Path,
            ("Logging:Console:FormatterName", form),
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft", "Trace"),
            ("Jobs:Enabled", "false"));

        foreach (var request in Requests)
        {
            await SendAsync(dashboard, request);
        }

        await dashboard.StopAsync();
        var lines = dashboard.Output.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, one => one.Contains(Forged, StringComparison.Ordinal));
        Assert.All(lines.Where(one => !IsOurWelcome(one)), one => Assert.Matches(line, one));
        Assert.DoesNotContain(lines, one => one.Any(character => char.IsControl(character) || character is '\u202e' or '\u2028'));
    }

    [Fact]
    public async Task A_form_of_the_log_that_escapes_nothing_is_refused()
    {
        await using var dashboard = DashboardProcess.Launch(folder.Path, ("Logging:Console:FormatterName", "simple"));

        Assert.Equal(1, await dashboard.WaitForExitAsync());
        Assert.Contains("Logging:Console:FormatterName is “simple”. Use line or json.", Assert.Single(dashboard.Output.Trim().Split('\n')),
            StringComparison.Ordinal);
    }

    private static bool IsOurWelcome(string line) =>
        line.StartsWith("Postman Dashboard ", StringComparison.Ordinal) || line.StartsWith("Sign in with any address", StringComparison.Ordinal);

    private static async Task SendAsync(DashboardProcess dashboard, string request)
    {
        using var caller = await RawConnection.OpenAsync(new Uri(dashboard.Address));
        await caller.TrySendAsync(
            Encoding.UTF8.GetBytes(
            $"{request} HTTP/1.1\r\nHost: {new Uri(dashboard.Address).Authority}\r\nUser-Agent: a\u001b[31m{Forged}\r\nContent-Length: " +
            $"0\r\nConnection: close\r\n\r\n"));
        await caller.ReadStatusAsync();
    }
}
