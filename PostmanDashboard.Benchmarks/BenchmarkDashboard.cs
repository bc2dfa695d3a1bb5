using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Benchmarks;

/// <summary>The dashboard's parts on a database file of their own, with one account that holds one key.</summary>
public sealed class BenchmarkDashboard : IAsyncDisposable
{
    private const string Email = "mei@agency.gov.sg";

    private readonly BenchmarkStorage? ownStorage;
    private readonly WebApplication app;

    private BenchmarkDashboard(BenchmarkStorage storage, int smtpPort)
        : this(storage.Path, smtpPort) => ownStorage = storage;

    private BenchmarkDashboard(string folder, int smtpPort)
    {
        var builder = DefaultSettings.CreateBuilder(
        [
            "--environment=Production", $"--Storage:Directory={folder}",
            "--Public:BaseUrl=https://postman.example", "--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={smtpPort}", "--Mail:Smtp:Security=None",
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddShell(builder.Configuration);
        builder.Services.AddDatabase(builder.Configuration, builder.Environment);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddMail(builder.Configuration);
        builder.Services.AddApiKeys(builder.Configuration);
        builder.Services.AddMessages(builder.Configuration);
        builder.Services.AddReminders();
        app = builder.Build();
    }

    public IServiceProvider Services => app.Services;

    public VerifiedApiKey Key { get; private set; } = null!;

    /// <summary>The token of <see cref="Key"/>.</summary>
    public string Token { get; private set; } = "";

    public static Task<BenchmarkDashboard> StartAsync(int smtpPort = 25) => StartAsync(new BenchmarkDashboard(new BenchmarkStorage(), smtpPort));

    /// <summary>In a folder that stays.</summary>
    internal static Task<BenchmarkDashboard> StartInAsync(string folder) => StartAsync(new BenchmarkDashboard(folder, smtpPort: 25));

    /// <summary>In a folder whose database has, or gets, keys of its own.</summary>
    internal static async Task<BenchmarkDashboard> OpenAsync(string folder, int smtpPort = 25)
    {
        var dashboard = new BenchmarkDashboard(folder, smtpPort);
        await dashboard.app.MigrateDatabaseAsync();
        return dashboard;
    }

    private static async Task<BenchmarkDashboard> StartAsync(BenchmarkDashboard dashboard)
    {
        await dashboard.app.MigrateDatabaseAsync();
        dashboard.Key = await dashboard.AddKeyAsync();
        return dashboard;
    }

    /// <summary>Another key of the account.</summary>
    public Task<IssueApiKeyResult.Issued> IssueAsync(string label) => IssueAsync(Key.AccountId, label);

    internal static Account CreateAccount(string email) => new()
    {
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    public DashboardDbContext CreateDbContext() => Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>().CreateDbContext();

    /// <returns>How many rows were changed.</returns>
    internal async Task<int> ExecuteAsync(FormattableString sql)
    {
        await using var db = CreateDbContext();
        return await db.Database.ExecuteSqlAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        ownStorage?.Dispose();
    }

    private async Task<VerifiedApiKey> AddKeyAsync()
    {
        var account = CreateAccount(Email);
        await using (var db = CreateDbContext())
        {
            db.Users.Add(account);
            await db.SaveChangesAsync();
        }

        var issued = await IssueAsync(account.Id, "Grant system");
        Token = issued.Token.Plaintext;
        var verified = await Services.GetRequiredService<ApiKeyVerifier>().VerifyAsync(Token, demand: default, CancellationToken.None);
        return ((ApiKeyVerification.Accepted)verified).Key;
    }

    private async Task<IssueApiKeyResult.Issued> IssueAsync(Guid accountId, string label) =>
        (IssueApiKeyResult.Issued)await Services.GetRequiredService<ApiKeyService>()
            .IssueAsync(accountId, new NewApiKey(label, [Email], ApiKeyLifetime.SixMonths), new Actor(Email, null), CancellationToken.None);
}
