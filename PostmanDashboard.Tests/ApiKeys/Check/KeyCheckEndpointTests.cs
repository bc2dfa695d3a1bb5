using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Mvc.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Check;

/// <summary>Checking a key as the form on the Settings page does it.</summary>
public sealed class KeyCheckEndpointTests : AsyncLifetime, IDisposable
{
    private const string Path = "/settings/check-key";

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private readonly HttpClient client;
    private Account account = null!;
    private string cookie = "";
    private string antiforgery = "";
    private ApiKeyToken token = null!;

    public KeyCheckEndpointTests()
    {
        app = new DashboardApplication { Logs = logs };
        client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
    }

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        token = (await app.IssueKeyAsync(account, "Grant <b>system</b>")).Token;
        cookie = await app.CreateSignedInCookieAsync(account);
        using var settings = await SendAsync(HttpMethod.Get, "/settings", cookie);
        var page = new HtmlParser().ParseDocument(await settings.Content.ReadAsStringAsync());
        antiforgery = page.QuerySelector($"form[action='{Path}'] input[type=hidden]")!.GetAttribute("value")!;
        cookie += "; " + settings.Headers.GetValues("Set-Cookie").Single(line => line.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0];
    }

    [Fact]
    public async Task A_key_of_one_s_own_is_named_and_its_label_is_only_text()
    {
        using var answer = await CheckAsync($" {token.Plaintext}\n");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Grant &lt;b&gt;system&lt;/b&gt;", text, StringComparison.Ordinal);
        Assert.Contains($"•••••{token.Hint}", WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_answer_to_every_other_whole_token_is_one_and_the_same()
    {
        var theirs = await app.IssueKeyAsync(await app.AddAccountAsync("li@agency.gov.sg"));
        var answers = new List<string>();
        foreach (var pasted in (string[])[theirs.Token.Plaintext, ApiKeyToken.Generate().Plaintext])
        {
            using var answer = await CheckAsync(pasted);
            answers.Add($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.Contains("This doesn’t match any of your keys.", WebUtility.HtmlDecode(Assert.Single(answers.Distinct())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_eleventh_check_in_a_minute_is_told_to_wait_and_another_account_is_not()
    {
        for (var number = 0; number < 10; number++)
        {
            (await CheckAsync("nonsense")).Dispose();
        }

        using var answer = await CheckAsync(token.Plaintext);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Try again in 60 seconds.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_in_no_log_however_fine_and_in_no_answer_and_no_row()
    {
        (await CheckAsync(token.Plaintext)).Dispose();
        var unknown = ApiKeyToken.Generate().Plaintext;
        using var answer = await CheckAsync(unknown);

        foreach (var secret in (string[])[token.Plaintext, unknown])
        {
            Assert.DoesNotContain(secret, logs.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            // The lock has nothing in it, and can't be read while it is held.
            var files = Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal));
            Assert.DoesNotContain(files, file => Holds(file, secret));
        }
    }

    [Fact]
    public async Task Without_the_page_s_antiforgery_token_nothing_is_checked()
    {
        using var answer = await SendAsync(HttpMethod.Post, Path, cookie, ("token", token.Plaintext));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("Grant", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_session_nothing_is_checked_and_a_key_is_not_a_session()
    {
        using var anonymous = await SendAsync(HttpMethod.Post, Path, cookie: null, ("token", token.Plaintext));
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Plaintext);
        using var withKey = await SendAsync(HttpMethod.Post, Path, cookie: null, ("token", token.Plaintext));

        foreach (var answer in (HttpResponseMessage[])[anonymous, withKey])
        {
            Assert.False(answer.IsSuccessStatusCode);
            Assert.DoesNotContain("Grant", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
        logs.Dispose();
    }

    private Task<HttpResponseMessage> CheckAsync(string pasted) =>
        SendAsync(HttpMethod.Post, Path, cookie, ("__RequestVerificationToken", antiforgery), ("token", pasted));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? cookie, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, path);
        if (fields.Length > 0)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }

        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await client.SendAsync(request);
    }

    private static bool Holds(string file, string secret)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd().Contains(secret, StringComparison.Ordinal);
    }
}
