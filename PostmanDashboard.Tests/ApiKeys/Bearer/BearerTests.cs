using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer;

/// <summary>Which credentials open the API, and what is said to those that don't.</summary>
public sealed class BearerTests : AsyncLifetime, IDisposable
{
    private const string Address = "/v1/api-keys/current";
    private const string NotValid =
        "Bearer realm=\"Postman\", error=\"invalid_token\", error_description=\"This is not a valid API key. Check that all of it was copied.\"";

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private Guid keyId;
    private string token = null!;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        var issued = await app.IssueKeyAsync(account);
        (keyId, token) = (issued.Id, issued.Token.Plaintext);
    }

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("bEaReR")]
    [InlineData("Bearer  ")]
    public async Task The_scheme_is_read_in_any_case(string scheme)
    {
        using var response = await CallAsync($"{scheme} {token}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Without_a_header_the_caller_is_told_what_to_send_and_of_no_error()
    {
        using var response = await CallAsync(null);

        var problem = await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
        Assert.Equal("unauthenticated", problem.Code);
        Assert.Equal("Bearer realm=\"Postman\"", Challenge(response));
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("Token {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer{0}")]
    [InlineData("Bearer")]
    [InlineData("Digest username=\"mei\", realm=\"Postman\"")]
    public async Task Another_scheme_counts_as_no_key(string header)
    {
        using var response = await CallAsync(string.Format(null, header, token));

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer realm=\"Postman\"", Challenge(response));
    }

    [Fact]
    public async Task A_key_in_the_query_string_or_a_form_or_a_cookie_is_not_a_key()
    {
        using var client = app.CreateClient();
        using var form = new FormUrlEncodedContent([new("access_token", token)]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}?access_token={token}&api_key={token}") { Content = form };
        request.Headers.Add("Cookie", $"access_token={token}; Authorization=Bearer {token}; .AspNetCore.Identity.Application={token}");

        using var response = await client.SendAsync(request);

        await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer realm=\"Postman\"", Challenge(response));
    }

    [Theory]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer {0},Basic bWVpOm1laQ==")]
    [InlineData("Basic bWVpOm1laQ==, bearer {0}")]
    public async Task A_list_of_credentials_is_refused_although_one_of_them_is_good(string header)
    {
        using var response = await CallAsync(string.Format(null, header, token));

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("malformed", problem.Code);
        Assert.StartsWith("Bearer realm=\"Postman\", error=\"invalid_request\"", Challenge(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_Authorization_headers_are_refused()
    {
        var context = await app.Server.SendAsync(call =>
        {
            call.Request.Path = Address;
            call.Request.Headers.Authorization = new([$"Bearer {token}", $"Bearer {token}"]);
        });

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
    }

    [Fact]
    public async Task Malformed_and_unknown_keys_look_exactly_alike()
    {
        var answers = new HashSet<string>();
        foreach (var sent in (string[])[
            ApiKeyToken.Generate().Plaintext, "x", "ключ", token[..^1], token.ToUpperInvariant()])
        {
            using var response = await CallAsync($"Bearer {sent}");
            await Problem.ReadAsync(response, HttpStatusCode.Unauthorized);
            Assert.Equal(NotValid, Challenge(response));
            answers.Add(response.Headers + await response.Content.ReadAsStringAsync());
        }

        Assert.Single(answers);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}'")]
    [InlineData("<{0}>")]
    [InlineData("Bearer {0}")]
    [InlineData("{0} {0}")]
    [InlineData("POSTMAN_API_KEY={0}")]
    [InlineData("{0}x")]
    public async Task Who_sends_more_than_the_key_hears_that_whether_the_key_exists_or_not(string sent)
    {
        var answers = new HashSet<string>();
        foreach (var key in (string[])[token, ApiKeyToken.Generate().Plaintext])
        {
            using var response = await CallAsync($"Bearer {string.Format(null, sent, key)}");
            Assert.StartsWith("More than the API key was sent.", (await Problem.ReadAsync(response, HttpStatusCode.Unauthorized)).Message,
                StringComparison.Ordinal);
            answers.Add(response.Headers + await response.Content.ReadAsStringAsync());
        }

        Assert.Single(answers);
    }

    [Theory]
    [InlineData(-1, HttpStatusCode.OK)]
    [InlineData(0, HttpStatusCode.Unauthorized)]
    [InlineData(1, HttpStatusCode.Unauthorized)]
    public async Task A_key_is_dead_from_the_instant_at_which_it_expires(int milliseconds, HttpStatusCode expected)
    {
        app.Clock.SetUtcNow((await ReadKeyAsync()).ExpiresAt.AddMilliseconds(milliseconds));

        using var response = await CallAsync($"Bearer {token}");

        Assert.Equal(expected, response.StatusCode);
        if (expected is HttpStatusCode.Unauthorized)
        {
            Assert.Contains("error=\"invalid_token\", error_description=\"This API key has expired.", Challenge(response), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_deleted_key_is_refused_from_the_next_call_on()
    {
        using var before = await CallAsync($"Bearer {token}");
        await using (var db = app.CreateDbContext())
        {
            var key = await db.ApiKeys.SingleAsync();
            key.Delete(app.Clock.GetUtcNow(), new Actor("mei@agency.gov.sg", null));
            await db.SaveChangesAsync();
        }

        using var after = await CallAsync($"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        var problem = await Problem.ReadAsync(after, HttpStatusCode.Unauthorized);
        Assert.StartsWith("This API key was deleted.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_an_account_rest_while_it_is_disabled()
    {
        await SetDisabledAsync(app.Clock.GetUtcNow());
        using var disabled = await CallAsync($"Bearer {token}");
        await SetDisabledAsync(null);
        using var enabled = await CallAsync($"Bearer {token}");

        var problem = await Problem.ReadAsync(disabled, HttpStatusCode.Unauthorized);
        Assert.StartsWith("The account of this API key is disabled.", problem.Message, StringComparison.Ordinal);
        Assert.False(disabled.Headers.Contains("Postman-Api-Key-Expires"));
        Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
    }

    [Fact]
    public async Task A_wrong_checksum_costs_no_query()
    {
        using var cache = new KeyCache(new NoDatabase());
        var verifier = new ApiKeyVerifier(new NoDatabase(), cache, app.Clock);
        var mistyped = token[..20] + (token[20] == 'a' ? 'b' : 'a') + token[21..];

        Assert.Equal(new ApiKeyVerification.Refused(ApiKeyRefusal.Malformed), await verifier.VerifyAsync(mistyped, demand: default, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => verifier.VerifyAsync(token, demand: default, CancellationToken.None).AsTask());
    }

    private static string Challenge(HttpResponseMessage response) => Assert.Single(response.Headers.NonValidated["WWW-Authenticate"]);

    private async Task<HttpResponseMessage> CallAsync(string? authorization)
    {
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        return await client.GetAsync(Address);
    }

    private async Task<ApiKey> ReadKeyAsync()
    {
        await using var db = app.CreateDbContext();
        return await db.ApiKeys.SingleAsync(key => key.Id == keyId);
    }

    private async Task SetDisabledAsync(DateTimeOffset? at)
    {
        await using var db = app.CreateDbContext();
        await db.Users.Where(one => one.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.DisabledAt, at));
    }
}
