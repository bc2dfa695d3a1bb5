using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.RateLimits;

/// <summary>What programs see of the limit of their account.</summary>
public sealed class SendLimitTests : AsyncLifetime
{
    private MessagesApp app = null!;

    public override async Task InitializeAsync() => app = await MessagesApp.StartAsync();

    protected override Task TearDownAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task The_second_call_within_a_second_is_refused_and_passes_after_it()
    {
        await SetLimitAsync(1);

        Assert.Equal(HttpStatusCode.Created, await SendAsync());
        using var refused = await app.PostAsync();
        var problem = await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests);
        Assert.Equal(("rate_limit", "This account may send 1 message a second, with all its keys together. Wait a second, then send this one again."),
            (problem.Code, problem.Message));
        Assert.Equal("1", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Equal(("1", "0", "1"), Headers(refused));
        app.App.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Created, await SendAsync());

        await using var db = app.App.CreateDbContext();
        Assert.Equal((2, 2), (await db.Messages.CountAsync(), await db.OutgoingMails.CountAsync()));
    }

    [Fact]
    public async Task Every_answer_to_a_live_key_says_what_is_left_and_every_call_counts()
    {
        using var text = new StringContent("Hello", Encoding.UTF8, "text/plain");

        using var sent = await app.PostAsync();
        using var invalid = await app.PostAsync(("subject", null));
        using var malformed = await app.PostAsync("{");
        using var unsupported = await app.Client.PostAsync(MessagesApp.Path, text);

        HttpResponseMessage[] answers = [sent, invalid, malformed, unsupported];
        Assert.Equal([201, 400, 400, 415], answers.Select(answer => (int)answer.StatusCode));
        Assert.Equal([("10", "9", "1"), ("10", "8", "1"), ("10", "7", "1"), ("10", "6", "1")], answers.Select(Headers));
        Assert.All(answers, answer => Assert.False(answer.Headers.Contains("Retry-After")));
    }

    [Fact]
    public async Task Other_calls_and_callers_without_a_live_key_have_no_limit()
    {
        using var stranger = app.App.CreateClient();

        using var unknown = await MessagesApp.PostAsync(stranger, MessagesApp.Message().ToJsonString());
        using var current = await app.Client.GetAsync("/v1/api-keys/current");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (unknown.StatusCode, current.StatusCode));
        Assert.False(unknown.Headers.Contains("RateLimit-Limit") || current.Headers.Contains("RateLimit-Limit"));
    }

    [Fact]
    public async Task The_keys_of_an_account_share_its_limit_and_another_account_has_its_own()
    {
        await SetLimitAsync(1);
        using var sibling = await MessagesApp.NewClientAsync(app.App, app.Account, "Second system");
        using var other = await MessagesApp.NewClientAsync(app.App, await app.App.AddAccountAsync("li@agency.gov.sg"), "Grant system");

        Assert.Equal(HttpStatusCode.Created, await SendAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync(sibling));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(other));
    }

    [Fact]
    public async Task A_changed_limit_holds_from_the_next_call_on()
    {
        await SetLimitAsync(1);
        await SendAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync());

        await SetLimitAsync(2);
        Assert.Equal(HttpStatusCode.Created, await SendAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync());
        await SetLimitAsync(null);
        using var next = await app.PostAsync();
        Assert.Equal(("10", "7", "1"), Headers(next));
    }

    [Fact]
    public async Task Of_many_calls_at_the_same_moment_exactly_the_limit_passes()
    {
        var answers = await Together.RunAsync(25, _ => SendAsync());

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(15, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        await using var db = app.App.CreateDbContext();
        Assert.Equal(10, await db.Messages.CountAsync());
    }

    [Fact]
    public async Task A_refused_call_is_a_use_of_its_key()
    {
        await SetLimitAsync(1);
        await SendAsync();
        app.App.Clock.Advance(TimeSpan.FromMilliseconds(500));
        var at = app.App.Clock.GetUtcNow();
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendAsync());

        app.App.Clock.Advance(CallRecorder.WriteAfter);
        await app.App.Services.GetRequiredService<CallRecorder>().Writing;

        await using var db = app.App.CreateDbContext();
        Assert.Equal(at, (await db.ApiKeys.SingleAsync()).LastUsedAt);
        Assert.Equal(2, (await db.Set<KeyCallDay>().SingleAsync()).Calls);
    }

    [Fact]
    public async Task The_description_of_the_call_says_it()
    {
        var document = await app.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var responses = document.GetProperty("paths").GetProperty(MessagesApp.Path).GetProperty("post").GetProperty("responses");
        var refused = responses.GetProperty("429");
        Assert.Contains("rate_limit", refused.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.True(refused.GetProperty("content").TryGetProperty("application/problem+json", out _));
        Assert.True(refused.GetProperty("headers").TryGetProperty("Retry-After", out _));
        foreach (var status in (string[])["201", "400", "413", "429"])
        {
            Assert.All(
                (string[])["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
                name => Assert.Equal("integer",
                    responses.GetProperty(status).GetProperty("headers").GetProperty(name).GetProperty("schema").GetProperty("type").GetString()));
        }

        Assert.False(responses.GetProperty("401").GetProperty("headers").TryGetProperty("RateLimit-Limit", out _));
        Assert.False(document.GetProperty("paths").GetProperty("/v1/api-keys/current").GetProperty("get").GetProperty("responses")
            .TryGetProperty("429", out _));
    }

    private static (string Limit, string Remaining, string Reset) Headers(HttpResponseMessage answer) =>
        (answer.Headers.GetValues("RateLimit-Limit").Single(), answer.Headers.GetValues("RateLimit-Remaining").Single(),
            answer.Headers.GetValues("RateLimit-Reset").Single());

    private async Task<HttpStatusCode> SendAsync(HttpClient? client = null)
    {
        using var answer = await MessagesApp.PostAsync(client ?? app.Client, MessagesApp.Message().ToJsonString());
        return answer.StatusCode;
    }

    private async Task SetLimitAsync(int? perSecond)
    {
        await using var db = app.App.CreateDbContext();
        await db.Users.Where(account => account.Id == app.Account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(account => account.MessagesPerSecond, perSecond));
    }
}
