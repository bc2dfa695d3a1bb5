using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>A million calls with one key, and whether the dashboard has counted every one of them when it has stopped.</summary>
internal static class CountedCalls
{
    private const int Connections = 32;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var count = options.Count ?? 1_000_000;
        var folder = await PublishedDashboard.GetAsync(options.Program);
        using var storage = new BenchmarkStorage();
        var token = await storage.FillAsync();
        await using var dashboard = await PublishedDashboard.StartAsync(folder, storage.Path);
        var watch = Stopwatch.StartNew();
        await CallAsync(new Uri(new Uri(dashboard.Address), "/v1/api-keys/current"), token, count);
        var took = watch.Elapsed;
        await dashboard.StopAsync();

        var byDay = Ask(storage.DatabaseFile, "SELECT sum(\"Calls\") FROM \"KeyCallDays\" WHERE \"Outcome\" = 0");
        var byCaller = Ask(storage.DatabaseFile, "SELECT sum(\"Accepted\") FROM \"KeyCallers\"");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} calls from {Connections} connections in {took.TotalSeconds:N0} s. Counted by day: {byDay:N0}, by caller: {byCaller:N0}."));
        return byDay == count && byCaller == count ? 0 : throw new BenchmarkFailedException("Not every call is counted once.");
    }

    private static async Task CallAsync(Uri address, string token, int count)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections };
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Host = PublishedDashboard.Host;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await client.GetAsync(address);
                response.EnsureSuccessStatusCode();
            }
        }));
    }

    private static long Ask(string databaseFile, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={databaseFile}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long sum ? sum : 0;
    }
}
