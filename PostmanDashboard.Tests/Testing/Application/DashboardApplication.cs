using System.Net;
using System.Net.Http.Headers;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Jobs.History;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The whole dashboard in memory, one per test: its own database file, a clock that only moves when told, and mail that is kept.</summary>
public sealed class DashboardApplication : WebApplicationFactory<Program>
{
    private static readonly InMemoryStorage Shared = CreateStorage();

    private readonly TemporaryFolder folder;
    private bool ownsFolder = true;

    public DashboardApplication()
        : this(new TemporaryFolder()) => TestDatabase.WriteMigrated(System.IO.Path.Combine(folder.Path, "postman.db"));

    private DashboardApplication(TemporaryFolder folder) => this.folder = folder;

    public FakeTimeProvider Clock { get; init; } = TestClock.Create();

    public RecordingTransport Mail { get; } = new();

    public FullDisk Disk { get; } = new();

    /// <summary>Whether mails go where the settings say, and not into <see cref="Mail"/>.</summary>
    public bool UsesRealTransport { get; init; }

    /// <summary>Whether the history of jobs is in the file of the program, and not in <see cref="JobStorage"/>.</summary>
    public bool KeepsJobHistory { get; init; }

    /// <summary>Where Hangfire keeps what it knows.</summary>
    /// <remarks>One for all where nothing runs: a new one logs through whichever application was made last, which may be gone.</remarks>
    public JobStorage JobStorage { get; init; } = Shared;

    /// <summary>What stands in appsettings.json, changed for this test. Set before the first use of the application.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public string Environment { get; init; } = "Development";

    /// <summary>Gets what the application logs, down to the finest level. Null where a test doesn't look.</summary>
    public RecordingLogs? Logs { get; init; }

    /// <summary>Gets what is sent to the database. Null where a test doesn't look.</summary>
    public RecordedCommands? Commands { get; init; }

    /// <summary><c>Storage:Directory</c> of this application.</summary>
    public string Folder => folder.Path;

    /// <summary>Listens for real browsers, on a free port of 127.0.0.1.</summary>
    public Uri Listen()
    {
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        StartServer();
        return ClientOptions.BaseAddress;
    }

    /// <summary>Ends this application, and makes another one of its folder, its settings and its clock: what a restart does.</summary>
    /// <param name="meanwhile">What happens to the folder while nothing runs. Null for nothing.</param>
    public DashboardApplication Restart(Action? meanwhile = null)
    {
        ownsFolder = false;
        Dispose();
        meanwhile?.Invoke();
        var next = new DashboardApplication(folder) { Clock = Clock, Environment = Environment, KeepsJobHistory = KeepsJobHistory, Logs = Logs };
        foreach (var (name, value) in Settings)
        {
            next.Settings[name] = value;
        }

        return next;
    }

    public DashboardDbContext CreateDbContext() => Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>().CreateDbContext();

    public async Task<Account> AddAccountAsync(string email)
    {
        await using var db = CreateDbContext();
        var account = new Account
        {
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            CreatedAt = Clock.GetUtcNow(),
        };
        db.Users.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    public async Task<IssueApiKeyResult.Issued> IssueKeyAsync(
        Account account, string label = "Grant system", ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts)
    {
        var request = new NewApiKey(label, contacts.Length == 0 ? [account.Email!] : contacts, lifetime);
        var result = await Services.GetRequiredService<ApiKeyService>().IssueAsync(
            account.Id, request, TestKeys.By(account), CancellationToken.None);
        return Assert.IsType<IssueApiKeyResult.Issued>(result);
    }

    /// <summary>What the recurring jobs do, once: looks for reminders and sends what waits.</summary>
    public async Task RunJobsAsync()
    {
        var jobs = Services.GetRequiredService<DashboardJobs>();
        await jobs.SweepAsync(CancellationToken.None);
        await jobs.EndRotationsAsync(CancellationToken.None);
        await jobs.DispatchAsync(CancellationToken.None);
    }

    public HttpClient CreateClient(ApiKeyToken token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Plaintext);
        return client;
    }

    /// <remarks>Hangfire makes its filters once, and they log through the application that is there at that moment. Now there is none, so none
    /// that has ended.</remarks>
    private static InMemoryStorage CreateStorage()
    {
        _ = JobFilterProviders.Providers;
        return new InMemoryStorage();
    }

    /// <remarks>Hangfire has one log for all applications of a process: that of the one that was made last. Whatever another test makes of Hangfire's
    /// parts after that one has ended would fail, so none of them logs there.</remarks>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        try
        {
            return base.CreateHost(builder);
        }
        finally
        {
            Hangfire.Logging.LogProvider.SetCurrentLogProvider(null);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Storage:Directory", folder.Path);
        // Jobs run when a test says so, by its own clock.
        builder.UseSetting("Jobs:Enabled", "false");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        if (Logs is not null)
        {
            builder.ConfigureLogging(logging => logging.AddProvider(Logs).AddFilter<RecordingLogs>(category: null, LogLevel.Trace));
        }

        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IStartupFilter, VisitorAddress>()
            .ConfigureDbContext<DashboardDbContext>(options => options.AddInterceptors(Disk).ThrowOnDoubtfulQueries()));
        // Where nothing listens, the application reaches itself in memory.
        builder.ConfigureTestServices(services => services.AddHttpClient(KeyTestMail.HttpClientName).ConfigurePrimaryHttpMessageHandler(provider =>
            provider.GetRequiredService<IServer>() is TestServer server ? server.CreateHandler() : new SocketsHttpHandler()));
        if (!KeepsJobHistory)
        {
            builder.ConfigureTestServices(services => services.AddSingleton<OpenJobStorage>(() => JobStorage));
        }

        if (Commands is not null)
        {
            builder.ConfigureTestServices(services => services.AddSingleton<IInterceptor>(Commands));
        }

        if (!UsesRealTransport)
        {
            builder.ConfigureTestServices(services => services.AddSingleton<IMailTransport>(Mail));
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            SqliteConnection.ClearAllPools();
            // Asked twice: the factory disposes of itself in both ways.
            if (ownsFolder)
            {
                ownsFolder = false;
                folder.Dispose();
            }
        }
    }
}
