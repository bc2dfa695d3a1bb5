using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.ApiKeys.Access;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

/// <summary>Trying a key proves that it works; it doesn't make it one that a program uses.</summary>
public sealed class TrialTracesTests : IAsyncDisposable
{
    private readonly DashboardApplication app = new();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_test_mail_leaves_a_rotation_waiting_for_the_first_system_to_switch()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var old = await app.IssueKeyAsync(account);
        var started = Assert.IsType<StartRotationResult.Started>(await app.Services.GetRequiredService<KeyRotations>().StartAsync(
            account.Id, old.Id, new NewApiKey("Grant system (2)", [account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(account), CancellationToken.None));

        await TryAsync(account, started.Replacement);
        app.Clock.Advance(TimeSpan.FromDays(2));

        var rotation = Assert.Single(await app.Services.GetRequiredService<RotationReport>().ListAsync(account.Id, CancellationToken.None));
        Assert.Equal(RotationReadiness.NewUnused, rotation.State.Readiness);
    }

    [Fact]
    public async Task After_a_test_mail_a_lost_copy_can_still_be_replaced_and_nobody_is_said_to_have_called()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var issued = await app.IssueKeyAsync(account);

        await TryAsync(account, issued);
        await WriteUsageAsync();

        var use = await app.Services.GetRequiredService<KeyUsageReport>().FindAsync(account.Id, issued.Id, CancellationToken.None);
        Assert.Null(use!.FirstUsedAt);
        Assert.Null(use.LastUsedAt);
        Assert.Empty(use.Callers);
        Assert.All(use.Days, day => Assert.Equal(default, day.Calls));
        Assert.IsType<ReissueResult.Replaced>(await app.Services.GetRequiredService<TokenReissue>().ReplaceAsync(
            account.Id, issued.Id, new Actor(account.Email!, "192.0.2.1"), CancellationToken.None));
    }

    [Fact]
    public async Task A_test_mail_with_a_key_that_was_deleted_is_refused_and_alarms_nobody()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var issued = await app.IssueKeyAsync(account);
        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(
            account.Id, issued.Id, new Actor(account.Email!, "192.0.2.1"), CancellationToken.None);

        var answer = await app.Services.GetRequiredService<KeyTestMail>().SendAsync(issued.Token, account.Email!, CancellationToken.None);
        await WriteUsageAsync();

        Assert.Equal("401 Unauthorized", Assert.IsType<KeyTestResult.Answered>(answer).Status);
        await using var db = app.CreateDbContext();
        Assert.Empty(await db.OutgoingMails.Where(mail => mail.Subject.Contains("still calls")).ToListAsync());
        Assert.Empty(await db.KeyCallers.ToListAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_program_that_says_it_only_tries_is_counted_like_any_other(string mark)
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var issued = await app.IssueKeyAsync(account);
        using var client = app.CreateClient(issued.Token);
        client.DefaultRequestHeaders.Add(SelfCallMarker.Header, mark);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/api-keys/current")).StatusCode);

        await using var db = app.CreateDbContext();
        Assert.Equal(app.Clock.GetUtcNow(), (await db.ApiKeys.SingleAsync()).FirstUsedAt);
    }

    [Fact]
    public async Task A_key_is_tried_from_here_wherever_it_may_be_called_from()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var key = await app.IssueKeyAsync(account);
        await app.AllowAsync(account, key.Id, "203.0.113.0/24");

        await TryAsync(account, key);
    }

    [Fact]
    public async Task A_call_with_the_mark_of_another_process_is_counted()
    {
        using var marked = new HttpRequestMessage();
        new SelfCallMarker().AddTo(marked);

        await A_program_that_says_it_only_tries_is_counted_like_any_other(marked.Headers.GetValues(SelfCallMarker.Header).Single());
    }

    private async Task TryAsync(Account account, IssueApiKeyResult.Issued key) => Assert.Equal("201 Created", Assert.IsType<KeyTestResult.Answered>(
        await app.Services.GetRequiredService<KeyTestMail>().SendAsync(key.Token, account.Email!, CancellationToken.None)).Status);

    private Task WriteUsageAsync() => app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);
}
