using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Access;

/// <summary>What counts as a key's own messages.</summary>
public sealed class OwnMessagesTests : AsyncLifetime, IDisposable
{
    private const string List = "/v1/transactional/email";

    private readonly DashboardApplication app = new();
    private readonly List<HttpClient> clients = [];
    private Account account = null!;
    private IssueApiKeyResult.Issued old = null!;
    private IssueApiKeyResult.Issued other = null!;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        (old, other) = (await app.IssueKeyAsync(account, "Grants"), await app.IssueKeyAsync(account, "Permits"));
        await app.GiveAsync(account, old.Id, KeyAccess.OwnMessages);
    }

    public void Dispose()
    {
        clients.ForEach(client => client.Dispose());
        app.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?sort_by=%2Bcreated_at")]
    [InlineData("?sort_by=updated_at")]
    [InlineData("?sort_by=%2Bupdated_at&status=ACCEPTED")]
    [InlineData("?status=ACCEPTED&created_at[gte]=2026-01-01")]
    [InlineData("?tag=receipts")]
    [InlineData("?limit=1000&exclude_params=true")]
    public async Task Lists_hold_only_what_the_key_sent(string query)
    {
        var (own, _) = (await SendAsync(old), await SendAsync(other));

        Assert.Equal([own], await ListAsync(old, query));
        Assert.Equal(2, (await ListAsync(other, query)).Count);
    }

    [Fact]
    public async Task A_rotated_key_has_the_access_and_networks_of_the_old_one_and_sees_what_that_sent_also_once_it_is_deleted()
    {
        await app.AllowAsync(account, old.Id, "203.0.113.0/24");
        var (first, _) = (await SendAsync(old), await SendAsync(other));
        var second = await RotateAsync(old, "Grants (2)");
        var third = await SendAsync(second);
        Assert.Equal([third, first], await ListAsync(second));

        await app.Services.GetRequiredService<ApiKeyService>().DeleteAsync(account.Id, old.Id, TestKeys.By(account), CancellationToken.None);
        var last = await RotateAsync(second, "Grants (3)");

        Assert.Equal([third, first], await ListAsync(last));
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(last, first));
        Assert.Equal(["203.0.113.0/24"], (await app.Services.GetRequiredService<ApiKeyService>().FindAsync(account.Id, last.Id, CancellationToken.None))!
            .Networks.Ranges);
    }

    [Fact]
    public async Task While_programs_switch_both_keys_see_what_either_sent()
    {
        var replacement = await RotateAsync(old, "Grants (2)");
        var sent = await SendAsync(replacement);

        Assert.Equal(HttpStatusCode.OK, await ReadAsync(old, sent));
    }

    [Fact]
    public async Task A_rotation_that_was_abandoned_leaves_two_keys_that_dont_see_what_the_other_sent()
    {
        var replacement = await RotateAsync(old, "Grants (2)");
        var (first, second) = (await SendAsync(old), await SendAsync(replacement));
        Assert.Equal(2, (await ListAsync(replacement)).Count);
        var rotation = Assert.Single(await app.Services.GetRequiredService<RotationReport>().ListAsync(account.Id, CancellationToken.None));

        await app.Services.GetRequiredService<KeyRotations>().AbandonAsync(account.Id, rotation.Id, TestKeys.By(account), CancellationToken.None);

        Assert.Equal([first], await ListAsync(old));
        Assert.Equal([second], await ListAsync(replacement));
    }

    [Theory]
    [InlineData(KeyAccess.Full, HttpStatusCode.Created)]
    [InlineData(KeyAccess.OwnMessages, HttpStatusCode.UnprocessableEntity)]
    [InlineData(KeyAccess.SendOnly, HttpStatusCode.UnprocessableEntity)]
    public async Task Repeating_another_keys_send_tells_only_who_may_read_it_what_became_of_it(KeyAccess access, HttpStatusCode expected)
    {
        var mail = MessagesApp.Message().ToJsonString();
        using var first = await MessagesApp.PostAsync(ClientOf(other), mail, "grant-417");
        await app.GiveAsync(account, old.Id, access);

        using var repeated = await MessagesApp.PostAsync(ClientOf(old), mail, "grant-417");
        using var again = await MessagesApp.PostAsync(ClientOf(other), mail, "grant-417");

        Assert.Equal(expected, repeated.StatusCode);
        Assert.Equal((HttpStatusCode.Created, true), (again.StatusCode, again.Headers.Contains("Idempotency-Replayed")));
    }

    [Fact]
    public async Task A_key_that_may_only_send_can_repeat_its_own_send()
    {
        await app.GiveAsync(account, old.Id, KeyAccess.SendOnly);
        var mail = MessagesApp.Message().ToJsonString();
        using var first = await MessagesApp.PostAsync(ClientOf(old), mail, "grant-417");
        using var repeated = await MessagesApp.PostAsync(ClientOf(old), mail, "grant-417");

        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await repeated.Content.ReadAsStringAsync());
    }

    private HttpClient ClientOf(IssueApiKeyResult.Issued key)
    {
        clients.Add(app.CreateClient(key.Token));
        clients[^1].DefaultRequestHeaders.Add(VisitorAddress.Header, "203.0.113.9");
        return clients[^1];
    }

    private async Task<Guid> SendAsync(IssueApiKeyResult.Issued key)
    {
        // Later than the one before, so that lists are in order.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var answer = await MessagesApp.PostAsync(ClientOf(key), MessagesApp.Message(("tag", "receipts")).ToJsonString());
        return (await MessagesApp.AcceptedAsync(answer)).GetProperty("id").GetGuid();
    }

    private async Task<IReadOnlyList<Guid>> ListAsync(IssueApiKeyResult.Issued key, string query = "") =>
    [
        .. (await ClientOf(key).GetFromJsonAsync<JsonElement>($"{List}{query}")).GetProperty("data").EnumerateArray()
            .Select(message => message.GetProperty("id").GetGuid()),
    ];

    private async Task<HttpStatusCode> ReadAsync(IssueApiKeyResult.Issued key, Guid message)
    {
        using var answer = await ClientOf(key).GetAsync($"{List}/{message}");
        return answer.StatusCode;
    }

    private async Task<IssueApiKeyResult.Issued> RotateAsync(IssueApiKeyResult.Issued key, string label) =>
        Assert.IsType<StartRotationResult.Started>(await app.Services.GetRequiredService<KeyRotations>().StartAsync(
            account.Id, key.Id, new NewApiKey(label, [account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(account), CancellationToken.None)).Replacement;
}
