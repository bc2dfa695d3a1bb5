using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>A migrated SQLite file of a test's own, that hands out contexts like the app's own factory.</summary>
/// <remarks>A file, because that is what agencies run, and because connections to SQLite's shared memory don't wait for each other.</remarks>
public sealed class TestDatabase : IDbContextFactory<DashboardDbContext>, IDisposable
{
    private static readonly Lazy<byte[]> Migrated = new(Migrate);

    private readonly TemporaryFolder folder = new();
    private readonly ServiceProvider services;

    public TestDatabase()
    {
        WriteMigrated(File);
        services = CreateServices(File);
    }

    public string File => Path.Combine(folder.Path, "postman.db");

    /// <summary>Puts a database with the newest migration and no rows at <paramref name="file"/>: once migrated, then copied,
    /// because migrating takes longer than most tests.</summary>
    public static void WriteMigrated(string file) => System.IO.File.WriteAllBytes(file, Migrated.Value);

    public DashboardDbContext CreateDbContext() =>
        services.GetRequiredService<IDbContextFactory<DashboardDbContext>>().CreateDbContext();

    public async Task<Account> AddAccountAsync(string email)
    {
        await using var db = CreateDbContext();
        var account = new Account
        {
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            CreatedAt = TestClock.Start,
        };
        db.Users.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    /// <summary>A key that is live by the machine's own clock, which is the one that a program in a process of its own has.</summary>
    public async Task<ApiKeyToken> AddLiveKeyAsync(Account account)
    {
        Assert.True(ApiKeyLabel.TryParse("Grant system", out var label, out _));
        Assert.True(ContactList.TryParse([account.Email!], out var contacts, out _));
        var token = ApiKeyToken.Generate();
        await using var db = CreateDbContext();
        db.ApiKeys.Add(ApiKey.Issue(
            token, account.Id, label, contacts, ApiKeyLifetime.SixMonths, TimeProvider.System.GetUtcNow(),
                DateTimeZoneProviders.Tzdb["Asia/Singapore"]));
        await db.SaveChangesAsync();
        return token;
    }

    public void Dispose()
    {
        services.Dispose();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    private static byte[] Migrate()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "template.db");
        using (var services = CreateServices(file, pooling: false))
        {
            using var db = services.GetRequiredService<IDbContextFactory<DashboardDbContext>>().CreateDbContext();
            db.Database.Migrate();
        }

        return System.IO.File.ReadAllBytes(file);
    }

    // Through a container, because Identity reads the version of its tables from IdentityOptions.
    private static ServiceProvider CreateServices(string file, bool pooling = true) => new ServiceCollection()
        .Configure<IdentityOptions>(AccountSetup.ConfigureIdentity)
        .AddDbContextFactory<DashboardDbContext>(options => options
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = pooling }.ToString())
            .AddInterceptors(new BusyTimeoutInterceptor(), new NoFlush())
            .ThrowOnDoubtfulQueries())
        .BuildServiceProvider();
}
