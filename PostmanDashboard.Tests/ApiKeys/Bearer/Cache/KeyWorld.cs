using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer.Cache;

/// <summary>A database, two processes that remember its keys, and beside it what a reader of the rules would expect of each token.</summary>
internal sealed class KeyWorld : IAsyncDisposable
{
    private static readonly CallDemand[] Demands =
    [
        .. from need in Enum.GetValues<KeyNeed>().Cast<KeyNeed?>().Prepend(null)
           from address in (IPAddress?[])[null, IPAddress.Parse("203.0.113.9"), IPAddress.Parse("::ffff:203.0.113.9"), IPAddress.Parse("2001:db8::1")]
           select new CallDemand(need, address),
    ];

    private static readonly string?[] Networks = [null, "203.0.113.0/24", "2001:db8::/32", "198.51.100.0/24 203.0.113.9/32"];

    private readonly TestDatabase database = new();
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = TestClock.Create();
    private readonly KeyCache[] caches;
    private readonly List<Account> accounts = [];
    private Dictionary<string, ExpectedKey> expected = [];
    private Dictionary<string, ExpectedKey>? saved;

    private KeyWorld() => caches = [new KeyCache(database), new KeyCache(database)];

    private string BackupFile => Path.Combine(folder.Path, "backup.db");

    public static async Task<KeyWorld> CreateAsync()
    {
        var world = new KeyWorld();
        world.accounts.Add(await world.database.AddAccountAsync("mei@agency.gov.sg"));
        world.accounts.Add(await world.database.AddAccountAsync("tan@agency.gov.sg"));
        await world.CreateKeyAsync(0);
        return world;
    }

    public Task TakeAsync(KeyStep step) => step.Act switch
    {
        KeyAct.Call => CallAsync(TokenOf(step.Number), step.Process, Demands[step.Number % Demands.Length]),
        KeyAct.Create => CreateKeyAsync(step.Number),
        KeyAct.Delete => ChangeAsync(step.Number, key => key.Deleted = true, "UPDATE \"ApiKeys\" SET \"DeletedAt\" = 1 WHERE \"Id\" = {0}"),
        KeyAct.ReplaceToken => ReplaceTokenAsync(TokenOf(step.Number)),
        KeyAct.Rename => ChangeAsync(
            step.Number, key => key.Label = $"Label {step.Number}", $"UPDATE \"ApiKeys\" SET \"Label\" = 'Label {step.Number}' WHERE \"Id\" = {{0}}"),
        KeyAct.SetAccess => ChangeAsync(
            step.Number, key => key.Access = (KeyAccess)(step.Number % 3), $"UPDATE \"ApiKeys\" SET \"Access\" = {step.Number % 3} WHERE \"Id\" = {{0}}"),
        KeyAct.SetPaused => ChangeAsync(
            step.Number, key => key.Paused = step.Number % 2 == 0,
            $"UPDATE \"ApiKeys\" SET \"PausedAt\" = {(step.Number % 2 == 0 ? "1" : "NULL")} WHERE \"Id\" = {{0}}"),
        KeyAct.SetNetworks => SetNetworksAsync(step.Number, Networks[step.Number % Networks.Length]),
        KeyAct.Disable => ChangeAccountAsync(step.Number, account => account.Disabled = true, "\"DisabledAt\" = 1"),
        KeyAct.Enable => ChangeAccountAsync(step.Number, account => account.Disabled = false, "\"DisabledAt\" = NULL"),
        KeyAct.SetLimit => ChangeAccountAsync(step.Number, account => account.Limit = step.Number + 1, $"\"MessagesPerSecond\" = {step.Number + 1}"),
        KeyAct.MoveClock => MoveClockAsync(step.Number),
        KeyAct.Crash => CrashAsync(step.Process),
        KeyAct.FallBehind => ExecuteAsync(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) " +
                "INSERT INTO \"KeyChanges\" (\"Stamp\", \"Hash\") SELECT random(), randomblob(32) FROM n"),
        KeyAct.Backup => BackUpAsync(),
        KeyAct.Restore => RestoreAsync(),
        var other => throw new InvalidOperationException($"Unknown act {other}."),
    };

    public async Task CallWithAllAsync()
    {
        foreach (var token in expected.Keys.ToList())
        {
            foreach (var demand in Demands)
            {
                await CallAsync(token, 0, demand);
                await CallAsync(token, 1, demand);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach(caches, cache => cache.Dispose());
        database.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string TokenOf(int number) => expected.Keys.ElementAt(number % expected.Count);

    private Task SetNetworksAsync(int number, string? networks) => ChangeAsync(
        number, key => key.Networks = networks, $"UPDATE \"ApiKeys\" SET \"Networks\" = {(networks is null ? "NULL" : $"'{networks}'")} WHERE \"Id\" = {{0}}");

    private async Task CallAsync(string token, int process, CallDemand demand)
    {
        var verifier = new ApiKeyVerifier(database, caches[process], clock);

        var answer = await verifier.VerifyAsync(token, demand, CancellationToken.None);

        Assert.Equal(expected[token].Answer(demand, clock.GetUtcNow()), answer);
    }

    private async Task CreateKeyAsync(int number)
    {
        var account = accounts[number % accounts.Count];
        Assert.True(ApiKeyLabel.TryParse($"Key {Guid.NewGuid():N}", out var label, out _));
        Assert.True(ContactList.TryParse([account.Email!], out var contacts, out _));
        var token = ApiKeyToken.Generate();
        var key = ApiKey.Issue(
            token, account.Id, label, contacts, ApiKeyLifetime.Days30, clock.GetUtcNow(), DateTimeZoneProviders.Tzdb["Asia/Singapore"]);
        await using var db = database.CreateDbContext();
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync();
        var state = expected.Values.FirstOrDefault(other => other.Account.Id == account.Id)?.Account ?? new ExpectedAccount(account.Id, account.Email!);
        expected.Add(token.Plaintext, new ExpectedKey(key, state));
    }

    private async Task ReplaceTokenAsync(string token)
    {
        var next = ApiKeyToken.Generate();
        var key = expected[token];
        if (!key.IsKnown)
        {
            return;
        }

        await using var db = database.CreateDbContext();
        await db.ApiKeys.Where(row => row.Id == key.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, next.Hash).SetProperty(row => row.Hint, next.Hint));
        expected.Add(next.Plaintext, key with { Hint = next.Hint });
        key.IsKnown = false;
    }

    private async Task ChangeAsync(int number, Action<ExpectedKey> change, string sql)
    {
        var key = expected[TokenOf(number)];
        if (key.IsKnown)
        {
            change(key);
            await ExecuteAsync(sql.Replace("{0}", $"'{key.Id.ToString().ToUpperInvariant()}'", StringComparison.Ordinal));
        }
    }

    private async Task ChangeAccountAsync(int number, Action<ExpectedAccount> change, string set)
    {
        if (expected[TokenOf(number)] is { IsKnown: true, Account: var account })
        {
            change(account);
            await ExecuteAsync($"UPDATE \"AspNetUsers\" SET {set} WHERE \"Id\" = '{account.Id.ToString().ToUpperInvariant()}'");
        }
    }

    /// <summary>On, and now and then back.</summary>
    private Task MoveClockAsync(int number)
    {
        var next = clock.GetUtcNow() + TimeSpan.FromDays(number % 40 - 10);
        clock.AdjustTime(next < TestClock.Start ? TestClock.Start : next);
        return Task.CompletedTask;
    }

    private Task CrashAsync(int process)
    {
        caches[process].Dispose();
        caches[process] = new KeyCache(database);
        return Task.CompletedTask;
    }

    /// <summary>By a connection of its own, as an operator would: no code of the program is asked.</summary>
    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync(database.File);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task BackUpAsync()
    {
        await using var from = await OpenAsync(database.File);
        await using var to = await OpenAsync(BackupFile);
        from.BackupDatabase(to);
        saved = Copy(expected);
    }

    private async Task RestoreAsync()
    {
        if (saved is null)
        {
            return;
        }

        await using var from = await OpenAsync(BackupFile);
        await using var to = await OpenAsync(database.File);
        from.BackupDatabase(to);
        var lost = expected.Keys.Except(saved.Keys).ToList();
        expected = Copy(saved);
        foreach (var token in lost)
        {
            expected.Add(token, ExpectedKey.Unknown);
        }
    }

    private static Dictionary<string, ExpectedKey> Copy(Dictionary<string, ExpectedKey> keys)
    {
        var accounts = keys.Values.Select(key => key.Account).DistinctBy(account => account.Id)
            .ToDictionary(account => account.Id, account => account with { });
        return keys.ToDictionary(entry => entry.Key, entry => entry.Value with { Account = accounts[entry.Value.Account.Id] });
    }

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
