using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Admin.Health;

/// <summary>What machines learn that watch over the program.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly DashboardApplication app = new();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_program_that_answers_is_live()
    {
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync("/health/live"));
    }

    [Fact]
    public async Task A_program_that_does_its_work_is_ready()
    {
        await app.RunJobsAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Without_any_sweep_it_is_not_ready()
    {
        var (status, body) = await AskAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Reminders have never been checked.", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, HttpStatusCode.OK)]
    [InlineData(16, HttpStatusCode.ServiceUnavailable)]
    public async Task A_sweep_may_be_three_periods_old(int minutes, HttpStatusCode expected)
    {
        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(expected, (await AskAsync("/health/ready")).Status);
    }

    [Theory]
    [InlineData(60, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.ServiceUnavailable)]
    public async Task A_mail_may_be_due_for_an_hour(int minutes, HttpStatusCode expected)
    {
        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        app.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await app.Services.GetRequiredService<DashboardJobs>().SweepAsync(CancellationToken.None);

        Assert.Equal(expected, (await AskAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_mail_that_is_tried_again_later_is_not_overdue()
    {
        app.Mail.Refusal = new MailDelivery.Refused("451 4.7.1 Later", IsFinal: false);
        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"));
        for (var minute = 0; minute < 90; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunJobsAsync();
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_database_of_another_version_is_not_ready()
    {
        await app.RunJobsAsync();
        await using var db = app.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsHistory");

        var (status, body) = await AskAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Migrations are not applied.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_once_that_a_check_fails_and_once_that_it_passes_again()
    {
        using var logs = new RecordingLogs();
        await using var watched = new DashboardApplication { Logs = logs };
        using var client = watched.CreateClient();
        async Task AskTwiceAsync()
        {
            using var first = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            using var second = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        }

        await AskTwiceAsync();
        await watched.RunJobsAsync();
        await AskTwiceAsync();
        watched.Clock.Advance(TimeSpan.FromMinutes(16));
        await AskTwiceAsync();

        Assert.Equal(
            [
                "Error PostmanDashboard.Admin.Health.HealthLog: The health check reminders fails: Reminders have never been checked.",
                "Information PostmanDashboard.Admin.Health.HealthLog: The health check reminders passes again",
                "Error PostmanDashboard.Admin.Health.HealthLog: The health check reminders fails: The reminder check is overdue.",
            ],
            logs.Text.Split('\n').Where(line => line.Contains("HealthLog: The health check reminders", StringComparison.Ordinal)).Select(line => line.Trim()));
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string address)
    {
        using var client = app.CreateClient();
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
