using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks.Messages;

/// <summary>How fast the program takes on messages with bodies of 2 KB, beside the insertion of the same rows with SQLite alone.</summary>
internal sealed class AcceptBenchmark(HttpClient client, RowInserts peer, int messages)
{
    private const int Connections = 8;

    private static readonly string Body = string.Concat(Enumerable.Repeat(
        "<p style=\"margin: 0 0 12px\">Dear Raj, your grant has been <b>approved</b>. See <a href=\"https://grants.example/1\">the letter</a>.</p>\n", 16));

    private static readonly byte[] Request = JsonSerializer.SerializeToUtf8Bytes(new { recipient = "raj@example.org", subject = "Your grant", body = Body });

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var messages = options.Count ?? 10_000;
        var folder = await PublishedDashboard.GetAsync(options.Program);
        using var storage = new BenchmarkStorage();
        using var other = new BenchmarkStorage();
        var token = await storage.FillAsync();
        await CopyDatabaseAsync(storage, other);
        await using var program = await PublishedDashboard.StartAsync(folder, storage.Path, ("Messages:PerSecond", "10000"));
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(program.Address) };
        client.DefaultRequestHeaders.Host = PublishedDashboard.Host;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await SendAsync(client);
        using var peer = new RowInserts(storage.DatabaseFile, other.DatabaseFile);
        var accept = new AcceptBenchmark(client, peer, messages);
        await Throughput.CompareAsync(
            $"{messages} messages of {Body.Length} characters from {Connections} connections",
            options.Rounds, ("accepted", accept.AcceptAsync), ("rows inserted with SQLite alone", accept.InsertAsync));
        return 0;
    }

    private static async Task CopyDatabaseAsync(BenchmarkStorage storage, BenchmarkStorage other)
    {
        await using var connection = new SqliteConnection($"Data Source={storage.DatabaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{other.DatabaseFile}'";
        await command.ExecuteNonQueryAsync();
    }

    private Task<double> AcceptAsync() => Throughput.MeasureAsync(messages, () =>
    {
        var left = messages;
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await SendAsync(client);
            }
        }));
    });

    /// <summary>As many in a commit as can come at the same time over the connections.</summary>
    private Task<double> InsertAsync() => Throughput.MeasureAsync(messages, () => Task.Run(() =>
    {
        for (var inserted = 0; inserted < messages; inserted += Connections)
        {
            peer.Insert(Connections);
        }
    }));

    private static async Task SendAsync(HttpClient client)
    {
        using var content = new ByteArrayContent(Request) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await client.PostAsync(new Uri("/v1/transactional/email/send", UriKind.Relative), content);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            throw new BenchmarkFailedException($"A message was not accepted: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
