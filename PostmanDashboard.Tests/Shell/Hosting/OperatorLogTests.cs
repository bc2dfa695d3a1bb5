using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>What an operator reads in the log of what people and programs do.</summary>
public sealed partial class OperatorLogTests : IDisposable
{
    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;

    public OperatorLogTests() => app = new DashboardApplication { Logs = logs };

    /// <summary>Our own lines, at the levels that an operator sees.</summary>
    private string Lines => string.Join('\n', logs.Text.Split('\n').Where(line =>
        line.StartsWith("Information PostmanDashboard.", StringComparison.Ordinal) || line.StartsWith("Warning PostmanDashboard.", StringComparison.Ordinal)));

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task The_life_of_a_key_can_be_followed_without_an_address_or_a_token()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var old = await app.IssueKeyAsync(account, lifetime: ApiKeyLifetime.Days30);
        var started = await app.Services.GetRequiredService<KeyRotations>().StartAsync(
            account.Id, old.Id, new NewApiKey("Next", [account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(account), CancellationToken.None);
        app.Clock.Advance(TimeSpan.FromDays(31));
        await app.RunJobsAsync();
        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(
            account.Id, old.Id, new Actor("mei@agency.gov.sg", "192.0.2.7"), CancellationToken.None);

        string[] expected =
        [
            $"Key {old.Id} of account {account.Id} was generated",
            $"Key {old.Id} of account {account.Id} is rotated: key ",
            $"Key {old.Id} expired",
            "Checked for reminders: 1 queued, 1 of them late",
            $"Key {old.Id} of account {account.Id} was deleted",
        ];
        Assert.IsType<StartRotationResult.Started>(started);
        Assert.All(expected, line => Assert.Contains(line, Lines, StringComparison.Ordinal));
        Assert.DoesNotContain("mei@", Lines, StringComparison.Ordinal);
        logs.AssertHoldNothingOf(old.Token.Plaintext);
    }

    [Fact]
    public async Task Messages_over_the_limit_are_a_line_and_a_count()
    {
        app.Settings["Messages:PerSecond"] = "1";
        using var program = app.CreateClient((await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"))).Token);

        for (var message = 0; message < 4; message++)
        {
            using var answer = await program.PostAsJsonAsync(MessagesApp.Path, new { recipient = "raj@example.org", subject = "s", body = "b" });
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var told = Lines.Split('\n').Where(line => line.Contains("sends more of them a second than it may", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, told.Count);
        Assert.EndsWith("(2 more in the last minute)", told[1].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_in_is_there_by_account_and_the_code_is_not()
    {
        using var mei = new Visitor(app);

        await mei.SignInAsync("mei@agency.gov.sg");

        await using var db = app.CreateDbContext();
        Assert.Contains($"Account {db.Users.Single().Id} signed in", Lines, StringComparison.Ordinal);
        Assert.DoesNotContain("mei@", Lines, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Mail.LastCode("mei@agency.gov.sg"), Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_has_its_time()
    {
        using var folder = new TemporaryFolder();
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path);
        await dashboard.WaitForOutputAsync("Checked for reminders: 0 queued");

        var lines = dashboard.Output.Trim().Split('\n').Where(
            line => !line.StartsWith("Postman Dashboard is ready", StringComparison.Ordinal) && !line.StartsWith("Sign in", StringComparison.Ordinal));

        Assert.All(lines, line => Assert.Matches(TimeFirst(), line));
    }

    [Fact]
    public async Task One_setting_makes_it_JSON()
    {
        using var folder = new TemporaryFolder();
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path, ("Logging:Console:FormatterName", "json"));
        await dashboard.WaitForOutputAsync("Checked for reminders");

        var line = dashboard.Output.Split('\n').First(line => line.Contains("Checked for reminders", StringComparison.Ordinal));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(0, json.RootElement.GetProperty("State").GetProperty("Queued").GetInt32());
        Assert.Matches(TimeFirst(), json.RootElement.GetProperty("Timestamp").GetString());
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z( |$)")]
    private static partial Regex TimeFirst();
}
