using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Shell;

/// <summary>Text goes out compressed: a phone on a slow network waits for what it must load before it shows anything.</summary>
public sealed class CompressionTests
{
    private const int Small = 1024;

    [Fact]
    public async Task Every_file_that_pages_name_goes_out_compressed_under_the_name_that_they_use()
    {
        await using var app = new DashboardApplication();
        using var client = await SignInAsync(app);
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/settings"));
        var files = page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!))
            .ToList();
        Assert.Contains(files, file => Regex.IsMatch(file, @"^_content/MudBlazor/MudBlazor\.min\.[a-z0-9]{10}\.css$"));
        Assert.True(files.Count >= 5);

        foreach (var file in files)
        {
            await AssertCompressedAsync(client, $"/{file}");
        }
    }

    [Theory]
    [InlineData("/settings")]
    [InlineData("/")]
    [InlineData("/messages")]
    [InlineData("/sign-in")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/api")]
    [InlineData("/nothing-is-here")]
    public async Task What_is_written_for_a_request_goes_out_compressed(string path)
    {
        await using var app = new DashboardApplication();
        using var client = await SignInAsync(app);

        await AssertCompressedAsync(client, path);
    }

    [Fact]
    public async Task The_antiforgery_token_of_a_page_is_another_one_each_time_so_its_length_tells_nothing()
    {
        await using var app = new DashboardApplication();
        using var client = await SignInAsync(app);

        var one = await ReadTokenAsync(client);
        var other = await ReadTokenAsync(client);

        // What all tokens begin with: the format, and which key protects them.
        const int Header = 26;
        Assert.Equal(one[..Header], other[..Header]);
        Assert.DoesNotContain(one[(Header + 1)..(Header + 7)], other, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignInAsync(DashboardApplication app)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(await app.AddAccountAsync("mei@agency.gov.sg")));
        return client;
    }

    private static async Task AssertCompressedAsync(HttpClient client, string path)
    {
        using var plain = await client.GetAsync(new Uri(path, UriKind.Relative));
        if ((await plain.Content.ReadAsByteArrayAsync()).Length <= Small)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br"), new StringWithQualityHeaderValue("gzip") } } };
        using var response = await client.SendAsync(request);
        Assert.True(response.Content.Headers.ContentEncoding.SingleOrDefault() is "br" or "gzip", $"{path} goes out as it is.");
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    private static async Task<string> ReadTokenAsync(HttpClient client) =>
        new HtmlParser().ParseDocument(await client.GetStringAsync("/settings")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
