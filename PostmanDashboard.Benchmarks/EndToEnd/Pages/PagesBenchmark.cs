using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Benchmarks.ApiKeys.Reminders;

namespace PostmanDashboard.Benchmarks.EndToEnd.Pages;

/// <summary>How long the server takes for the first sight of each page, where there are many accounts, keys and messages, beside few.</summary>
internal static class PagesBenchmark
{
    private const int FewRows = 1_000;
    private const int ManyRows = 1_000_000;
    private const int Accounts = 100_000;

    /// <summary>Pages in a row, of which a figure is the mean.</summary>
    private const int AtATime = 5;

    /// <summary>Stands for a message in the middle of the list.</summary>
    private const string Middle = "MIDDLE";

    private static readonly string[] Pages =
    [
        "/", "/settings", "/messages", $"/messages?page=1000&before={Middle}", "/messages?search=person7@", "/messages?search=nowhere",
        "/admin/accounts", "/admin/accounts?page=400", "/admin/mail",
    ];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var folder = await PublishedDashboard.GetAsync(options.Program);
        using var fewStorage = new BenchmarkStorage();
        using var manyStorage = new BenchmarkStorage();
        await ManyKeys.CopyAsync(FewRows, fewStorage);
        await ManyKeys.CopyAsync(ManyRows, manyStorage);
        using var few = await Visitor.StartAsync(folder, fewStorage, messages: FewRows, accounts: 0);
        using var many = await Visitor.StartAsync(folder, manyStorage, messages: options.Count ?? ManyRows, Accounts);

        List<Visit> visits = [.. Pages.SelectMany(page => new[] { new Visit(page, few), new Visit(page, many) })];
        var turns = await Turns<Visit>.RunAsync(visits, options.Rounds, MeasureAsync);
        Console.WriteLine("\n| page | few, ms | many, ms | ratio |\n| --- | ---: | ---: | ---: |");
        foreach (var page in Pages)
        {
            var (first, second) = (new Visit(page, few), new Visit(page, many));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| `{page}` | {turns.Median(first):N1} | {turns.Median(second):N1} | {turns.Ratio(second, first):0.00} |"));
        }

        return 0;
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> MeasureAsync(Visit visit)
    {
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < AtATime; time++)
        {
            await visit.Visitor.GetAsync(visit.Page);
        }

        return watch.Elapsed.TotalMilliseconds / AtATime;
    }

    private sealed record Visit(string Page, Visitor Visitor);

    /// <summary>An administrator who has fifty keys, signed in.</summary>
    private sealed class Visitor(ServerProcess server, HttpClient client, string middle) : IDisposable
    {
        public static async Task<Visitor> StartAsync(string folder, BenchmarkStorage storage, int messages, int accounts)
        {
            var cookie = await RowsOfPages.AddAsync(storage, messages, accounts);
            var middle = TimeProvider.System.GetUtcNow().AddSeconds(-messages / 2).UtcTicks;
            var server = await PublishedDashboard.StartAsync(folder, storage.Path, ("Accounts:AdminEmails:0", RowsOfPages.Email));
            var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(server.Address) };
            client.DefaultRequestHeaders.Host = PublishedDashboard.Host;
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            client.DefaultRequestHeaders.Add(HeaderNames.Cookie, cookie);
            return new Visitor(server, client, $"{middle}-{Guid.Empty:N}");
        }

        public async Task GetAsync(string page)
        {
            using var answer = await client.GetAsync(new Uri(page.Replace(Middle, middle, StringComparison.Ordinal), UriKind.Relative));
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new BenchmarkFailedException($"{page}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        public void Dispose()
        {
            client.Dispose();
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
