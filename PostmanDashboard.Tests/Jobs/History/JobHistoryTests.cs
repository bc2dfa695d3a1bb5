using System.Globalization;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Jobs;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Jobs.History;

/// <summary>The file in which Hangfire keeps what ran, beside the database.</summary>
[Collection(RunsHangfire.Name)]
public sealed class JobHistoryTests : AsyncLifetime, IDisposable
{
    private DashboardApplication app = new() { KeepsJobHistory = true, Logs = new RecordingLogs(), Settings = { ["Jobs:Enabled"] = "true" } };

    private string HistoryFile => Path.Combine(app.Folder, "hangfire.db");

    protected override async Task TearDownAsync() => await app.DisposeAsync();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task What_ran_is_still_known_after_a_restart()
    {
        await WaitForSweepAsync(after: 0);
        var before = Succeeded();

        app = app.Restart();
        await WaitForSweepAsync(after: before.Max());

        Assert.Subset(Succeeded().ToHashSet(), before.ToHashSet());
    }

    [Fact]
    public async Task Jobs_recur_under_names_that_say_what_they_do()
    {
        await WaitForSweepAsync(after: 0);

        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.Equal(
            [
                "clean-up 30 3 * * * Asia/Singapore", "mail * * * * * UTC", "reminders */5 * * * * UTC", "rotations */5 * * * * UTC",
                "usage-clean-up 30 3 * * * Asia/Singapore",
            ],
            connection.GetRecurringJobs().Select(job => $"{job.Id} {job.Cron} {job.TimeZoneId}").Order());
        Assert.All(connection.GetRecurringJobs(), job => Assert.Equal(job.Id, job.Job.Queue));
    }

    [Fact]
    public async Task Only_this_user_may_read_it()
    {
        await WaitForSweepAsync(after: 0);

        foreach (var file in Directory.GetFiles(app.Folder, "hangfire.db*"))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Fact]
    public async Task It_may_be_deleted_between_two_starts()
    {
        await WaitForSweepAsync(after: 0);

        app = app.Restart(meanwhile: Delete);

        await WaitForSweepAsync(after: 0);
    }

    [Fact]
    public async Task It_may_be_deleted_while_the_program_runs()
    {
        await WaitForSweepAsync(after: 0);
        Delete();
        app.Services.GetRequiredService<IRecurringJobManager>().Trigger(ReminderSweep.JobId);
        await WaitForSweepAsync(after: 1);

        app = app.Restart();

        await WaitForSweepAsync(after: 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)] // whose header is whole
    public async Task A_damaged_file_is_set_aside_with_one_line(int soundBytes)
    {
        await WaitForSweepAsync(after: 0);

        app = app.Restart(meanwhile: () => Damage(soundBytes));

        await WaitForSweepAsync(after: 0);
        Assert.Equal((byte)'x', (await File.ReadAllBytesAsync($"{HistoryFile}.broken"))[^1]);
        Assert.Single(app.Logs!.Text.Split('\n'), line => line.Contains("hangfire.db.broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Locks_servers_and_marks_of_a_killed_process_whose_clock_was_days_ahead_hold_up_nothing()
    {
        await WaitForSweepAsync(after: 0);
        var last = Succeeded().Max();

        app = app.Restart(meanwhile: () => LeaveBehind(TimeProvider.System.GetUtcNow().AddDays(2)));

        await WaitForSweepAsync(after: last);
        Assert.Single(app.Services.GetRequiredService<JobStorage>().GetMonitoringApi().Servers());
        using var connection = app.Services.GetRequiredService<JobStorage>().GetConnection();
        Assert.All(connection.GetRecurringJobs(), job => Assert.True(job.NextExecution < TimeProvider.System.GetUtcNow().AddHours(25), job.Id));
    }

    private void Delete()
    {
        foreach (var file in Directory.GetFiles(app.Folder, "hangfire.db*"))
        {
            File.Delete(file);
        }
    }

    private void Damage(int soundBytes)
    {
        using var file = File.OpenWrite(HistoryFile);
        file.Position = soundBytes;
        file.Write(Enumerable.Repeat((byte)'x', (int)file.Length - soundBytes).ToArray());
    }

    /// <summary>What is in the tables when a process is killed in the middle of everything.</summary>
    private void LeaveBehind(DateTimeOffset until)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = HistoryFile, Pooling = false }.ToString());
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText =
            """
            INSERT INTO DistributedLock (Id, Resource, ResourceKey, ExpireAt) VALUES
                ('1', 'HangFire:recurring-jobs:lock', 'k', $ticks), ('2', 'HangFire:lock:recurring-job:reminders', 'k', $ticks),
                ('3', 'HangFire:lock:recurring-job:mail', 'k', $ticks), ('4', 'HangFire:DashboardJobs.SweepAsync', 'k', $ticks);
            INSERT INTO Server (Id, Data, LastHeartbeat) VALUES ('dead', '{"Queues":[],"WorkerCount":4}', $ticks);
            INSERT INTO JobQueue (JobId, Queue, FetchedAt) SELECT MAX(Id), 'reminders', $ticks FROM Job;
            UPDATE Hash SET Value = $instant WHERE Field IN ('NextExecution', 'LastExecution', 'CreatedAt');
            DELETE FROM Hash WHERE Key = 'recurring-job:clean-up' AND Field = 'Job';
            DELETE FROM [Set] WHERE Value = 'usage-clean-up';
            """;
        command.Parameters.AddWithValue("$ticks", until.UtcTicks);
        command.Parameters.AddWithValue("$instant", until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    private Task WaitForSweepAsync(long after) =>
        Patience.UntilAsync(() => Succeeded().Any(id => id > after), () => $"Hangfire has run no sweep. It says:\n{app.Logs?.Text}");

    /// <returns>The numbers of the sweeps that ended well, as Hangfire's pages show them.</returns>
    private List<long> Succeeded() =>
    [
        .. app.Services.GetRequiredService<JobStorage>().GetMonitoringApi().SucceededJobs(0, 1000)
            .Where(job => job.Value.Job.Method.Name == nameof(DashboardJobs.SweepAsync))
            .Select(job => long.Parse(job.Key, CultureInfo.InvariantCulture)),
    ];
}
