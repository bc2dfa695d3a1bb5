using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage.SQLite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Jobs;
using PostmanDashboard.Jobs.History;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Jobs.History;

/// <summary>The history has an end.</summary>
[Collection(RunsHangfire.Name)]
public sealed class HistoryGrowthTests : IDisposable
{
    /// <summary>Those of an hour. Ten thousand take 11 MB, as measured once.</summary>
    private const int Runs = 72;

    private static readonly CancellationToken AtOnce = new(canceled: true);

    private readonly DashboardApplication app = new() { KeepsJobHistory = true };
    private readonly SQLiteStorage file;

    public HistoryGrowthTests() => file = Assert.IsType<SQLiteStorage>(app.Services.GetRequiredService<HistoryFile>().Open());

    public void Dispose()
    {
        file.Dispose();
        app.Dispose();
    }

    [Fact]
    public void What_is_older_than_a_week_is_removed_and_its_room_used_again()
    {
        Run();
        var full = Count("pragma_page_count()", "SUM(page_count)");

        ComeToAge();
        new ExpirationManager(file).Execute(AtOnce);
        Assert.Equal((0, 0, 0), (Count("Job"), Count("State"), Count("JobParameter")));
        Run();

        Assert.Equal(full, Count("pragma_page_count()", "SUM(page_count)"));
    }

    [Fact]
    public void A_run_that_failed_is_forgotten_too()
    {
        var client = new BackgroundJobClient(file);
        var id = Enqueue(client);

        client.ChangeState(id, new FailedState(new InvalidOperationException("No mail server.")));

        Assert.Equal(1, file.GetMonitoringApi().FailedCount());
        Assert.Equal(1, Count($"Job WHERE Id = {id} AND ExpireAt > {TimeProvider.System.GetUtcNow().UtcTicks}"));
    }

    /// <summary>What a worker does with a job, without the job.</summary>
    private void Run()
    {
        var client = new BackgroundJobClient(file);
        for (var run = 0; run < Runs; run++)
        {
            var id = Enqueue(client);
            using var connection = file.GetConnection();
            using var fetched = connection.FetchNextJob(["reminders"], CancellationToken.None);
            client.ChangeState(id, new SucceededState(result: null, latency: 1, performanceDuration: 2));
            fetched.RemoveFromQueue();
        }

        new CountersAggregator(file, TimeSpan.Zero).Execute(AtOnce);
    }

    private static string Enqueue(BackgroundJobClient client) =>
        client.Create(Job.FromExpression<DashboardJobs>(jobs => jobs.SweepAsync(CancellationToken.None)), new EnqueuedState("reminders"));

    private void ComeToAge()
    {
        foreach (var table in new[] { "Job", "State", "JobParameter" })
        {
            Ask($"UPDATE {table} SET ExpireAt = ExpireAt - {HistoryFile.KeptFor.Ticks} WHERE ExpireAt > 0");
        }
    }

    private long Count(string rows, string what = "COUNT(*)") => (long)Ask($"SELECT {what} FROM {rows}")!;

    private object? Ask(string statement)
    {
        using var database = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(app.Folder, "hangfire.db"), Pooling = false }.ToString());
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }
}
