using System.Net;
using AngleSharp.Html.Parser;
using Hangfire;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Jobs;

/// <summary>Who sees the background jobs.</summary>
public sealed class JobDashboardTests : IDisposable
{
    private readonly DashboardApplication app = new() { Settings = { ["Accounts:AdminEmails:0"] = "admin@agency.gov.sg" } };

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task An_administrator_does()
    {
        using var answer = await OpenAsync("/hangfire", await CookieAsync("admin@agency.gov.sg"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Background jobs", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/hangfire")]
    [InlineData("/hangfire/recurring")]
    [InlineData("/hangfire/jobs/enqueued")]
    public async Task Whoever_has_not_signed_in_is_led_to_do_so(string address)
    {
        using var answer = await OpenAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Staff_are_refused()
    {
        using var answer = await OpenAsync("/hangfire", await CookieAsync("mei@agency.gov.sg"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Not for this account", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_a_session_that_has_ended_does_nothing()
    {
        var account = await app.AddAccountAsync("admin@agency.gov.sg");
        using var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(account));
        await AllowPostsAsync(client);
        using var deleted = await DeleteAsync(client, AddJob());
        var job = AddJob();
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, app.Clock.GetUtcNow()));

        using var refused = await DeleteAsync(client, job);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (refused.StatusCode, refused.Headers.Location!.AbsolutePath));
        Assert.Equal("Scheduled", StateOf(job));
    }

    [Fact]
    public async Task A_key_even_an_administrators_opens_nothing()
    {
        var key = await app.IssueKeyAsync(await app.AddAccountAsync("admin@agency.gov.sg"));
        using var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Token.Plaintext);

        using var answer = await client.GetAsync(new Uri("/hangfire", UriKind.Relative));

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task A_proxy_on_the_same_host_makes_nobody_an_administrator()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
        client.DefaultRequestHeaders.Add(VisitorAddress.Header, "127.0.0.1");
        client.DefaultRequestHeaders.Host = "postman.agency.gov.sg";

        using var answer = await client.GetAsync(new Uri("/hangfire", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <returns>The number of a job that waits.</returns>
    private string AddJob() => new BackgroundJobClient(app.JobStorage).Schedule(() => Console.WriteLine(), TimeSpan.FromDays(1));

    private string StateOf(string job)
    {
        using var storage = app.JobStorage.GetConnection();
        return storage.GetJobData(job).State;
    }

    private static Task<HttpResponseMessage> DeleteAsync(HttpClient client, string job) =>
        client.PostAsync(new Uri("/hangfire/jobs/scheduled/delete", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("jobs[]", job)]));

    /// <summary>Takes the antiforgery token of a page of Hangfire's, in its cookie and its header, as its script does.</summary>
    private static async Task AllowPostsAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/hangfire", UriKind.Relative));
        using var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync());
        string Meta(string name) => page.QuerySelector($"meta[name={name}]")!.GetAttribute("content")!;
        client.DefaultRequestHeaders.Add(Meta("csrf-header"), Meta("csrf-token"));
        var session = client.DefaultRequestHeaders.GetValues("Cookie").Single();
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", $"{session}; {answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]}");
    }

    private HttpClient Client() => app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<string> CookieAsync(string email) => await app.CreateSignedInCookieAsync(await app.AddAccountAsync(email));

    private async Task<HttpResponseMessage> OpenAsync(string address, string? cookie = null)
    {
        using var client = Client();
        if (cookie is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        return await client.GetAsync(new Uri(address, UriKind.Relative));
    }
}
