using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Hosting;

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

    /// <summary>As the routes know them: a new page or file is among them by itself.</summary>
    [Fact]
    public async Task Every_page_and_text_file_there_is_goes_out_smaller_than_it_is()
    {
        await using var app = new DashboardApplication();
        using var client = await SignInAsync(app, "admin@agency.gov.sg");
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var files = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is { Selectors.Count: 0 });
        var pages = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null);
        var paths = files.Concat(pages).Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Where(path => !path.Contains('{', StringComparison.Ordinal))
            .Concat(["/openapi/v1.json", "/docs/api", "/hangfire", "/hangfire/recurring", "/dev/mail", "/nothing-is-here"])
            .Distinct().ToList();
        Assert.Contains("/settings", paths);
        Assert.Contains("/_content/MudBlazor/MudBlazor.min.css", paths);

        foreach (var path in paths)
        {
            await AssertCompressedAsync(client, path);
        }
    }

    [Fact]
    public async Task An_answer_that_is_known_to_be_short_goes_out_as_it_is()
    {
        await using var app = new DashboardApplication();
        using var client = await SignInAsync(app);

        using var response = await AskAsync(client, "/session");

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
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

    [Fact]
    public async Task A_circuit_which_shows_tokens_goes_out_as_it_is_whatever_the_browser_offers()
    {
        await using var app = new DashboardApplication();
        var address = app.Listen();
        using var circuit = new ClientWebSocket();
        circuit.Options.SetRequestHeader("Cookie", await app.CreateSignedInCookieAsync(await app.AddAccountAsync("mei@agency.gov.sg")));
        circuit.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        circuit.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        circuit.Options.CollectHttpResponseDetails = true;

        await circuit.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs, Path = "/_blazor" }.Uri, CancellationToken.None);

        Assert.Equal(WebSocketState.Open, circuit.State);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", circuit.HttpResponseHeaders!.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private static async Task<HttpClient> SignInAsync(DashboardApplication app, string address = "mei@agency.gov.sg")
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(await app.AddAccountAsync(address)));
        return client;
    }

    private static async Task AssertCompressedAsync(HttpClient client, string path)
    {
        using var plain = await client.GetAsync(new Uri(path, UriKind.Relative));
        var length = (await plain.Content.ReadAsByteArrayAsync()).Length;
        if (length <= Small)
        {
            return;
        }

        using var response = await AskAsync(client, path);
        // A page's nonce makes it some characters longer or shorter each time.
        if (response.Content.Headers is { ContentLength: < Small, ContentEncoding.Count: 0 })
        {
            return;
        }

        Assert.True(response.Content.Headers.ContentEncoding.SingleOrDefault() is "br" or "gzip", $"{path} goes out as it is: {response}");
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        var sent = (await response.Content.ReadAsByteArrayAsync()).Length;
        Assert.True(sent < length * 0.7, $"{path} has {length} bytes, and {sent} of them go out.");
    }

    /// <summary>As browsers do, with every coding that they know.</summary>
    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br"), new StringWithQualityHeaderValue("gzip") } },
        };
        return await client.SendAsync(request);
    }

    private static async Task<string> ReadTokenAsync(HttpClient client) =>
        new HtmlParser().ParseDocument(await client.GetStringAsync("/settings"))
            .QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
