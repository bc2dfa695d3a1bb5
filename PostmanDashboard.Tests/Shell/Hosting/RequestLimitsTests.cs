using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>Over a real port: nobody makes the dashboard read more than a route needs.</summary>
public sealed class RequestLimitsTests : IDisposable
{
    private const string Form = "Content-Type: application/x-www-form-urlencoded";
    private const string Multipart = "Content-Type: multipart/form-data; boundary=x";
    private const string Long = "Content-Length: 29000000";

    private readonly DashboardApplication app = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        app.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("/sign-in", Form)]
    [InlineData("/sign-in", Multipart)]
    [InlineData("/sign-in/code", Form)]
    [InlineData("/sign-out", Form)]
    [InlineData("/hangfire/stats", Form)]
    [InlineData("/_blazor/negotiate", "Content-Type: text/plain")]
    [InlineData("/v1/api-keys/current", "Content-Type: application/json")]
    [InlineData("/nowhere", Form)]
    public async Task A_long_body_is_refused_before_anything_of_it_is_read(string path, string type)
    {
        using var caller = await RawConnection.OpenAsync(app.Listen());

        await caller.AnnounceAsync(path, type, Long);

        Assert.Equal(413, await caller.ReadStatusAsync());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a=")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n")]
    public async Task One_that_doesnt_say_how_long_it_is_is_cut_off(string type, string beginning)
    {
        using var caller = await RawConnection.OpenAsync(app.Listen());
        await caller.AnnounceAsync("/sign-in", $"Content-Type: {type}", "Transfer-Encoding: chunked");
        var part = beginning + new string('a', RequestLimits.MaxBodyLength);

        await caller.TrySendAsync(Encoding.ASCII.GetBytes($"{part.Length:x}\r\n{part}\r\n"));

        Assert.Equal(413, await caller.ReadStatusAsync());
    }

    [Fact]
    public void Who_sends_less_than_four_kilobytes_a_second_or_reads_nothing_is_cut_off_within_seconds()
    {
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((4 * 1024, TimeSpan.FromSeconds(10)), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod));
        Assert.InRange(limits.MinResponseDataRate!.BytesPerSecond, 240, double.MaxValue);
    }

    [Fact]
    public async Task Whoever_sends_it_all_the_same_reads_why_it_was_refused()
    {
        using var client = new HttpClient { BaseAddress = app.Listen() };
        using var form = new StringContent("Email=" + new string('a', 5_000_000), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var json = new StringContent("{}" + new string(' ', 5_000_000), Encoding.ASCII, "application/json");

        using var page = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        using var api = await client.PostAsync(new Uri("/v1/api-keys/current", UriKind.Relative), json);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.StatusCode);
        Assert.Contains("That is too long", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("api_validation", (await Problem.ReadAsync(api, HttpStatusCode.RequestEntityTooLarge)).Code);
    }

    [Fact]
    public async Task A_program_without_a_live_key_hears_that_rather_than_a_connection_that_breaks()
    {
        using var client = new HttpClient { BaseAddress = app.Listen() };
        using var message = new StringContent("{}" + new string(' ', 5_000_000), Encoding.ASCII, "application/json");

        using var answer = await client.PostAsync(new Uri(MessagesApp.Path, UriKind.Relative), message);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <remarks>As an attacker did: forms of 29 MB, of which the first megabytes come at once and the rest never.</remarks>
    [FactNeeding(Needs.Linux)]
    public async Task Forty_connections_with_endless_forms_take_up_neither_memory_nor_disk()
    {
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path, ("ASPNETCORE_TEMP", folder.Path), ("Jobs:Enabled", "false"));
        var before = dashboard.ResidentMemory;
        var callers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => RawConnection.OpenAsync(new Uri(dashboard.Address))));
        try
        {
            await Task.WhenAll(callers.Select((caller, number) => SendEndlessFormAsync(caller, number % 2 == 0 ? Form : Multipart)));

            Assert.InRange(dashboard.ResidentMemory - before, long.MinValue, 100_000_000);
            Assert.Empty(Directory.GetFiles(folder.Path, "ASPNETCORE_*"));
        }
        finally
        {
            Array.ForEach(callers, caller => caller.Dispose());
        }
    }

    private static async Task SendEndlessFormAsync(RawConnection caller, string type)
    {
        await caller.AnnounceAsync("/sign-in", type, Long);
        await caller.TrySendAsync("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n"u8.ToArray());
        // Each a field of its own, because the framework has a limit for one.
        var part = Encoding.ASCII.GetBytes($"&a={new string('a', 1024 * 1024)}");
        var sent = 0;
        while (sent < 8 && await caller.TrySendAsync(part))
        {
            sent++;
        }
    }
}
