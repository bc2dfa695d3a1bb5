using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Pausing;

/// <summary>What a paused key does, against the whole application.</summary>
public sealed class PausedKeyTests : AsyncLifetime, IDisposable
{
    private const string Current = "/v1/api-keys/current";
    private const string Said = "This API key is paused. Its account can resume it in Settings.";

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;

    private KeyPauses Pauses => app.Services.GetRequiredService<KeyPauses>();

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account, "Grants");
    }

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("GET", Current)]
    [InlineData("DELETE", Current)]
    [InlineData("POST", "/v1/transactional/email/send")]
    [InlineData("GET", "/v1/transactional/email")]
    [InlineData("GET", "/v1/transactional/email/0197b1d5-0000-7000-8000-000000000000")]
    public async Task Every_call_with_it_is_refused_and_hears_why(string method, string path)
    {
        await PauseAsync();
        using var client = app.CreateClient(key.Token);

        using var call = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(MessagesApp.Message()) : null };

        using var answer = await client.SendAsync(call);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal(("unauthenticated", Said), (problem.Code, problem.Message));
        Assert.Equal($"Bearer realm=\"Postman\", error=\"invalid_token\", error_description=\"{Said}\"", answer.Headers.WwwAuthenticate.ToString());
        await using var db = app.CreateDbContext();
        Assert.Equal((0, null), (await db.Messages.CountAsync(), (await db.ApiKeys.SingleAsync()).DeletedAt));
    }

    [Fact]
    public async Task It_is_refused_from_the_next_call_on_and_accepted_again_once_it_is_resumed()
    {
        using var client = app.CreateClient(key.Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        await PauseAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());

        await Pauses.ResumeAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var answer = await client.GetAsync(Current);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Its_calls_are_counted_with_who_made_them_and_are_no_use_of_it()
    {
        await PauseAsync();
        using var client = app.CreateClient(key.Token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("grants/1.0");

        using var answer = await client.GetAsync(Current);
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        Assert.Equal((KeyCallOutcome.Paused, 1L), await db.KeyCallDays.Select(day => ValueTuple.Create(day.Outcome, day.Calls)).SingleAsync());
        Assert.Equal(("grants/1.0", 1L), await db.KeyCallers.Select(caller => ValueTuple.Create(caller.UserAgent, caller.Refused)).SingleAsync());
        Assert.Null((await db.ApiKeys.SingleAsync()).LastKnownUseAt);
    }

    [Fact]
    public async Task Nothing_else_changes_it_is_edited_reminded_of_rotated_and_deleted()
    {
        var service = app.Services.GetRequiredService<ApiKeyService>();
        await PauseAsync();
        app.Clock.Advance(TimeSpan.FromDays(170));
        await app.Services.GetRequiredService<ReminderSweep>().RunAsync(CancellationToken.None);

        Assert.IsType<ChangeApiKeyResult.Changed>(
            await app.Services.GetRequiredService<KeyEditor>().ChangeAsync(
                account.Id, key.Id, new KeyEdit("Grants 2026", [account.Email!]), TestKeys.By(account), CancellationToken.None));
        var started = Assert.IsType<StartRotationResult.Started>(await app.Services.GetRequiredService<KeyRotations>().StartAsync(
            account.Id, key.Id, new NewApiKey("Grants 2027", [account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(account), CancellationToken.None));
        Assert.True(await service.DeleteAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None));

        // The replacement is another key: that the old one was paused is nothing to it.
        using var client = app.CreateClient(started.Replacement.Token);
        using var answer = await client.GetAsync(Current);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var db = app.CreateDbContext();
        var reminder = await db.OutgoingMails.SingleAsync(mail => mail.OnceOnly!.StartsWith("reminder:"));
        Assert.Contains("It has been paused since 5 Jan 2026, 17:00 SGT", reminder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_its_account_pauses_it()
    {
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");

        Assert.False(await Pauses.PauseAsync(stranger.Id, key.Id, TestKeys.By(stranger), CancellationToken.None));

        await using var db = app.CreateDbContext();
        Assert.Null((await db.ApiKeys.SingleAsync()).PausedAt);
    }

    private async Task PauseAsync() => Assert.True(await Pauses.PauseAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None));
}
