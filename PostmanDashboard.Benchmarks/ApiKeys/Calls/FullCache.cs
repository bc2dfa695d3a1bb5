using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.Benchmarks.EndToEnd;
using PostmanDashboard.Data;

namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>How much memory it takes to remember as many keys as are remembered at the most, of accounts with 50 keys each.</summary>
internal static class FullCache
{
    private const int KeysOfAccount = 50;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var count = options.Count ?? KeyCache.Capacity;
        await using var dashboard = await BenchmarkDashboard.StartAsync();
        var tokens = await AddKeysAsync(dashboard, count);
        var verifier = dashboard.Services.GetRequiredService<ApiKeyVerifier>();
        var cache = dashboard.Services.GetRequiredService<KeyCache>();
        await VerifyAsync(verifier, dashboard.Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var token in tokens)
        {
            await VerifyAsync(verifier, token);
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} keys in use, {cache.Count:N0} remembered: {taken / 1e6:N1} MB, {(double)taken / cache.Count:N0} bytes for each."));
        GC.KeepAlive(tokens);
        return 0;
    }

    private static async Task VerifyAsync(ApiKeyVerifier verifier, string token)
    {
        if (await verifier.VerifyAsync(token, demand: default, CancellationToken.None) is not ApiKeyVerification.Accepted)
        {
            throw new BenchmarkFailedException("A good key was refused.");
        }
    }

    private static async Task<List<string>> AddKeysAsync(BenchmarkDashboard dashboard, int count)
    {
        var zone = dashboard.Services.GetRequiredService<DateTimeZone>();
        var tokens = new List<string>(count);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(KeysOfAccount).Chunk(20))
        {
            await using var db = dashboard.CreateDbContext();
            foreach (var ofAccount in numbers)
            {
                AddAccount(db, ofAccount, zone, tokens);
            }

            await db.SaveChangesAsync();
        }

        await using var all = dashboard.CreateDbContext();
        await all.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, key => key.CreatedAt));
        return tokens;
    }

    private static void AddAccount(DashboardDbContext db, int[] numbers, DateTimeZone zone, List<string> tokens)
    {
        var now = TimeProvider.System.GetUtcNow();
        var account = BenchmarkDashboard.CreateAccount($"team-{numbers[0]}@agency.gov.sg");
        db.Users.Add(account);
        foreach (var number in numbers)
        {
            if (!ApiKeyLabel.TryParse($"Grant system {number}", out var label, out _) || !ContactList.TryParse([account.Email!], out var contacts, out _))
            {
                throw new BenchmarkFailedException("No such key can be made.");
            }

            var token = ApiKeyToken.Generate();
            tokens.Add(token.Plaintext);
            db.ApiKeys.Add(ApiKey.Issue(token, account.Id, label, contacts, ApiKeyLifetime.SixMonths, now, zone));
        }
    }
}
