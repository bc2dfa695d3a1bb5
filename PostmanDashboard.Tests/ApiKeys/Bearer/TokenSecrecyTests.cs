using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer;

/// <summary>Nothing that is done with a token writes it into a log, however much is logged.</summary>
public sealed class TokenSecrecyTests : AsyncLifetime, IDisposable
{
    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;

    public TokenSecrecyTests() => app = new DashboardApplication { Logs = logs };

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account);
    }

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task Neither_good_nor_refused_calls_write_it_into_the_logs()
    {
        using var program = app.CreateClient(key.Token);
        using var twice = app.CreateClient();
        twice.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", [$"Bearer {key.Token.Plaintext}", $"Bearer {key.Token.Plaintext}"]);

        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/v1/api-keys/current")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await twice.GetAsync("/v1/api-keys/current")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/hangfire")).StatusCode);
        await app.RunJobsAsync();
        await app.Services.GetRequiredService<KeyEditor>().ChangeAsync(
            account.Id, key.Id, new KeyEdit("Payroll", ["tan@agency.gov.sg"]), TestKeys.By(account), CancellationToken.None);
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync("/v1/api-keys/current")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/v1/api-keys/current")).StatusCode);

        Assert.Contains("/v1/api-keys/current", logs.Text, StringComparison.Ordinal);
        logs.AssertHoldNothingOf(key.Token.Plaintext);
    }

    [Fact]
    public async Task A_failure_of_the_database_does_not_either()
    {
        using var program = app.CreateClient(key.Token);
        app.Disk.IsFull = true;

        Assert.Equal(HttpStatusCode.InternalServerError, (await program.DeleteAsync("/v1/api-keys/current")).StatusCode);

        Assert.Contains("disk is full", logs.Text, StringComparison.Ordinal);
        logs.AssertHoldNothingOf(key.Token.Plaintext);
    }
}
