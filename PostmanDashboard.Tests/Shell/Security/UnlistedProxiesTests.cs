using Microsoft.AspNetCore.Mvc.Testing;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Security;

/// <summary>A proxy that nobody named makes everybody one address, which is told to whoever can name it.</summary>
public sealed class UnlistedProxiesTests : IDisposable
{
    private const string Proxy = "10.0.0.1";
    private const string Admin = "admin@agency.gov.sg";
    private const string Advice = "Network:TrustedProxies";

    private readonly RecordingLogs logs = new();
    private DashboardApplication app;

    public UnlistedProxiesTests() => app = Create("Production");

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public async Task It_is_said_once_in_the_log_and_to_administrators()
    {
        await CallAsync(Proxy);
        await CallAsync(Proxy);

        var line = Assert.Single(Told);
        Assert.Contains(Proxy, line, StringComparison.Ordinal);
        Assert.All(await ReadAdminPagesAsync(), page =>
        {
            Assert.Contains(Advice, page, StringComparison.Ordinal);
            Assert.Contains(Proxy, page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_named_proxy_and_callers_without_one_are_nothing_to_tell()
    {
        app.Settings["Network:TrustedProxies:0"] = Proxy;

        await CallAsync(Proxy);
        await CallAsync("::ffff:10.0.0.1");
        await CallAsync("192.0.2.1", forwardedFor: null);

        Assert.Empty(Told);
        Assert.All(await ReadAdminPagesAsync(), page => Assert.DoesNotContain(Advice, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_one_next_to_a_named_one_is_reported()
    {
        app.Settings["Network:TrustedProxies:0"] = "10.0.0.2";

        await CallAsync(Proxy);

        Assert.Single(Told);
    }

    [Fact]
    public async Task A_socket_has_no_address_and_is_told_by_what_it_is()
    {
        await CallAsync(address: null);

        Assert.Contains("a Unix socket", Assert.Single(Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_the_header_from_many_addresses_fills_no_log()
    {
        for (var number = 1; number <= 50; number++)
        {
            await CallAsync($"198.51.100.{number}");
        }

        Assert.Equal(UnlistedProxies.MaxTold, Told.Count());
    }

    [Fact]
    public async Task In_development_nothing_is_reported()
    {
        app.Dispose();
        app = Create("Development");

        await CallAsync(Proxy);

        Assert.Empty(Told);
    }

    private IEnumerable<string> Told =>
        logs.Text.Split('\n').Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(Advice, StringComparison.Ordinal));

    private DashboardApplication Create(string environment) => new()
    {
        Environment = environment,
        Logs = logs,
        Settings =
        {
            ["Public:BaseUrl"] = "https://postman.example",
            ["Mail:Smtp:Host"] = "mail.example",
            ["Accounts:AllowedEmailDomains:0"] = "agency.gov.sg",
            ["Accounts:AdminEmails:0"] = Admin,
        },
    };

    private async Task CallAsync(string? address, string? forwardedFor = "192.0.2.1")
    {
        using var visitor = new Visitor(app, address, "https://postman.example", forwardedFor);
        await visitor.OpenAsync("/sign-in");
    }

    private async Task<IReadOnlyList<string>> ReadAdminPagesAsync()
    {
        using var client = app.CreateClient(
            new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://postman.example"), AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(await app.AddAccountAsync(Admin)));
        return [await client.GetStringAsync("/admin/mail"), await client.GetStringAsync("/admin/accounts")];
    }
}
