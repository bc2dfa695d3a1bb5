using System.Globalization;
using Microsoft.Data.Sqlite;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs.History;

/// <summary>The real program, killed while it starts.</summary>
public sealed class KilledStartsTests : IDisposable
{
    /// <summary>Each start must have run its recurring jobs by then.</summary>

    /// <summary>In the middle of registering and enqueueing, of the first job, and of whatever comes when the sweep is done.</summary>
    private static readonly string[] Moments =
    [
        "SELECT COUNT(*) FROM Job WHERE CreatedAt > $since",
        "SELECT COUNT(*) FROM State WHERE Name = 'Processing' AND CreatedAt > $since",
        "SELECT COUNT(*) FROM State JOIN Job ON Job.Id = JobId WHERE Name = 'Succeeded' AND InvocationData LIKE '%SweepAsync%' AND State.CreatedAt > $since",
    ];

    private readonly TestDatabase database = new();

    /// <summary>A start takes seconds, so there are few of them in every run: see CONTRIBUTING.md.</summary>
    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("POSTMAN_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private string Storage => Path.GetDirectoryName(database.File)!;

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Whenever_it_was_killed_the_next_start_runs_its_jobs_within_a_minute()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAsync(Moments[kill % Moments.Length]);
        }

        await KillAsync(Moments[^1]);
    }

    /// <summary>Starts it, and kills it as soon as the history has what is asked for, from this start.</summary>
    private async Task KillAsync(string condition)
    {
        var launched = TimeProvider.System.GetUtcNow();
        await using var dashboard = DashboardProcess.Launch(Storage);
        await Patience.UntilAsync(() => Count(condition, launched) > 0, () => $"Hangfire ran nothing. The program wrote:\n{dashboard.Output}");
        await dashboard.KillAsync();
    }

    private long Count(string query, DateTimeOffset since)
    {
        try
        {
            var file = Path.Combine(Storage, "hangfire.db");
            using var history = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
            history.Open();
            using var command = history.CreateCommand();
            command.CommandText = query;
            command.Parameters.AddWithValue("$since", since.UtcTicks);
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // Not made yet, or its tables aren't.
            return 0;
        }
    }
}
