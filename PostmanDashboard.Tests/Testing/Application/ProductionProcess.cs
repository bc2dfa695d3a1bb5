using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The real program outside Development, as behind a proxy that ends TLS, for tests that only ask it things.</summary>
public sealed class ProductionProcess : AsyncLifetime, IDisposable
{
    /// <summary>The host that it serves.</summary>
    public const string Host = "postman.agency.gov.sg";

    private readonly TemporaryFolder folder = new();

    public DashboardProcess Dashboard { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Dashboard = DashboardProcess.Launch(
            folder.Path,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Public:BaseUrl", $"https://{Host}"),
            ("Network:TrustedProxies:0", "127.0.0.1"),
            // Nothing listens there.
            ("Mail:Smtp:Host", "127.0.0.1"),
            ("Mail:Smtp:Port", "9"));
        await Dashboard.WaitUntilReadyAsync();
    }

    protected override async Task TearDownAsync() => await Dashboard.DisposeAsync();

    public void Dispose() => folder.Dispose();
}
