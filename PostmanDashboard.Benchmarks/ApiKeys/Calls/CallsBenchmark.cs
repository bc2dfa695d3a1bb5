using System.Globalization;
using System.Security.Cryptography;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Benchmarks.EndToEnd;

namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>Calls a second over loopback, each kind in turns: with a key and without, beside what people would use instead.</summary>
internal static class CallsBenchmark
{
    private static readonly Uri Live = new("/health/live", UriKind.Relative);
    private static readonly Uri CurrentKey = new("/v1/api-keys/current", UriKind.Relative);

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var folder = await PublishedDashboard.GetAsync(options.Program);
        using var storage = new BenchmarkStorage();
        var token = await storage.FillAsync();
        await using var dashboard = await PublishedDashboard.StartAsync(folder, storage.Path);
        var secret = RandomNumberGenerator.GetHexString(64);
        await using var peer = await Peer.StartAsync(secret, storage.DatabaseFile, token);
        using var olderStorage = new BenchmarkStorage();
        var olderToken = options.Before is null ? "" : await olderStorage.FillAsync();
        await using var older = options.Before is null ? null : await PublishedDashboard.StartAsync(options.Before, olderStorage.Path);

        List<CallCase> cases = [.. Ours(dashboard, token), .. Peers(peer, token, Peer.CreateJwt(secret))];
        if (older is not null)
        {
            cases.Add(new CallCase("the older dashboard: a good key", At(older, CurrentKey), olderToken));
        }

        await CallOnceAsync(cases);
        var turns = await Turns<CallCase>.RunAsync(
            cases,
            options.Rounds,
            one => Wrk.RunAsync(one.Address, one.Headers(PublishedDashboard.Host), one.Connections, options.Seconds, one.IsAllowed));
        Print(cases, turns);
        return 0;
    }

    private static IEnumerable<CallCase> Ours(ServerProcess dashboard, string token) =>
    [
        new("no key: /health/live", At(dashboard, Live), null),
        new("a good key", At(dashboard, CurrentKey), token),
        new("a wrong checksum", At(dashboard, CurrentKey), token[..^1] + (token[^1] == 'a' ? 'b' : 'a'), IsAllowed: false),
        new("an unknown key", At(dashboard, CurrentKey), ApiKeyToken.Generate().Plaintext, IsAllowed: false),
    ];

    private static IEnumerable<CallCase> Peers(ServerProcess peer, string token, string jwt) =>
    [
        new("bare application: no check", At(peer, Peer.Anonymous), null),
        new("bare application: JwtBearer", At(peer, Peer.Jwt), jwt),
        new("bare application: a query for each call", At(peer, Peer.LookedUp), token),
        new("bare application: bcrypt, cost 10", At(peer, Peer.Bcrypt), token, Connections: 4),
    ];

    /// <summary>The first call of a kind may take longer than a turn.</summary>
    private static async Task CallOnceAsync(IEnumerable<CallCase> cases)
    {
        using var client = new HttpClient();
        foreach (var one in cases)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, one.Address);
            foreach (var header in one.Headers(PublishedDashboard.Host))
            {
                var parts = header.Split(": ", 2);
                request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
            }

            using var response = await client.SendAsync(request);
            if (response.IsSuccessStatusCode != one.IsAllowed)
            {
                throw new BenchmarkFailedException($"{one.Name}: {(int)response.StatusCode}");
            }
        }
    }

    private static Uri At(ServerProcess server, Uri path) => new(new Uri(server.Address), path);

    private static void Print(List<CallCase> cases, Turns<CallCase> turns)
    {
        var (anonymous, jwt) = (cases[0], cases.Single(one => one.Address.AbsolutePath == Peer.Jwt.OriginalString));
        Console.WriteLine("\n| call | a second | of ours without a key | of JwtBearer |\n| --- | ---: | ---: | ---: |");
        foreach (var one in cases)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Name} | {turns.Median(one):N0} | {turns.Ratio(one, anonymous):0.00} | {turns.Ratio(one, jwt):0.00} |"));
        }
    }
}
