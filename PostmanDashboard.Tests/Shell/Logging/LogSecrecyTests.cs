using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Calendar;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Logging;

/// <summary>However much is logged, and whatever the settings ask for, the log holds nothing that opens a door.</summary>
public sealed class LogSecrecyTests : IDisposable
{
    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;

    public LogSecrecyTests() => app = new DashboardApplication { Logs = logs };

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task The_keys_that_protect_cookies_are_at_no_level_of_the_log()
    {
        app.Settings["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Trace";
        app.Settings["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.EntityFrameworkCoreXmlRepository"] = "Trace";
        using var mei = new Visitor(app);
        await mei.SignInAsync("mei@agency.gov.sg");
        await mei.OpenAsync("/settings");

        await using var again = app.Restart();
        using var other = new Visitor(again);
        await other.OpenAsync("/sign-in");

        var keys = await again.CreateDbContext().DataProtectionKeys.Select(key => key.Xml!).ToListAsync();
        Assert.NotEmpty(keys);
        Assert.Contains("/sign-in", logs.Text, StringComparison.Ordinal);
        Assert.All(keys.SelectMany(SecretsIn), secret => Assert.DoesNotContain(secret, logs.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_secret_of_a_calendars_address_is_at_no_level_of_the_log_however_it_is_asked_for()
    {
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Listen() };
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var secret = (await app.Services.GetRequiredService<CalendarFeeds>().MakeAsync(account.Id, CancellationToken.None)).Plaintext;

        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, HttpMethod.Get, $"/calendar/{secret}.ics"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, HttpMethod.Head, $"/calendar/{secret}.ics"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, HttpMethod.Get, $"/Calendar/{secret}.ics"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, HttpMethod.Get, $"/%63alendar/{secret}.ics?{secret}"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await AskAsync(program, HttpMethod.Put, $"/calendar/{secret}.ics"));
        foreach (var mistyped in (string[])[
            $"/calendar/{secret}", $"/calendar/{secret}.ics/", $"/calendar/{secret}.icsx", $"/calendar/x{secret}.ics", $"/settings/calendar/{secret}.ics"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, HttpMethod.Get, mistyped));
        }

        Assert.Contains("/calendar/", logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[..15], logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^15..], logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/calendar/hidden.ics")]
    [InlineData("/calendar/unknown")]
    public async Task Where_such_requests_go_inside_leads_nowhere_from_outside(string path)
    {
        using var program = app.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, HttpMethod.Get, path));
    }

    private static IEnumerable<string> SecretsIn(string xml) => XElement.Parse(xml).DescendantsAndSelf("value").Select(value => value.Value);

    private static async Task<HttpStatusCode> AskAsync(HttpClient program, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await program.SendAsync(request);
        return answer.StatusCode;
    }
}
