using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>What the real program makes of a database that was restored, and of one that it can't write.</summary>
public sealed class StorageStartTests : IDisposable
{
    private readonly TestDatabase database = new();
    private readonly TemporaryFolder folder = new();

    private string DatabaseFile => Path.Combine(folder.Path, "postman.db");

    public void Dispose()
    {
        folder.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task A_copy_by_VACUUM_INTO_is_put_back_into_WAL_mode()
    {
        await RestoreAsync();
        Assert.Equal("delete", JournalMode());

        await using (var dashboard = await DashboardProcess.StartAsync(folder.Path))
        {
            Assert.Equal("wal", JournalMode());
        }

        Assert.Equal("wal", JournalMode());
    }

    [FactNeeding(Needs.Root)]
    public async Task A_database_of_another_user_stops_the_start_with_who_owns_it_and_who_runs()
    {
        await RestoreAsync();
        await GiveToNobodyAsync();

        await using var dashboard = DashboardProcess.LaunchWithoutPrivileges(folder.Path);

        Assert.Equal(1, await dashboard.WaitForExitAsync());
        var line = Assert.Single(dashboard.Output.Trim().Split('\n'));
        Assert.Contains($"{DatabaseFile} belongs to nobody (mode 644), and this program runs as root. Give it to root: chown root", line,
            StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Root)]
    public async Task A_user_without_a_name_is_named_by_number()
    {
        await RestoreAsync();
        await GiveToNobodyAsync();

        await using var dashboard = DashboardProcess.LaunchAsUnnamedUser(folder.Path, 20004);

        Assert.Equal(1, await dashboard.WaitForExitAsync());
        Assert.Contains("and this program runs as 20004. Give it to 20004: chown 20004", dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_are_taken_while_someone_reads_a_restored_copy_for_long()
    {
        var token = await database.AddLiveKeyAsync(await database.AddAccountAsync("mei@agency.gov.sg"));
        await RestoreAsync();
        await using var dashboard = await DashboardProcess.StartAsync(folder.Path, ("Jobs:Enabled", "false"));
        dashboard.Client.DefaultRequestHeaders.Authorization = new("Bearer", token.Plaintext);
        using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        reader.Open();
        using var reading = reader.BeginTransaction(deferred: true);
        Assert.Equal(0L, CountMessages(reading));

        for (var number = 0; number < 5; number++)
        {
            using var message = new StringContent(MessagesApp.Message().ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await dashboard.Client.PostAsync(new Uri(MessagesApp.Path, UriKind.Relative), message);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        Assert.Equal(0L, CountMessages(reading));
    }

    [Fact]
    public async Task A_restored_copy_that_somebody_reads_for_long_stops_the_start_with_what_to_do()
    {
        await RestoreAsync();
        using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        reader.Open();
        using var reading = reader.BeginTransaction(deferred: true);
        Assert.Equal(0L, CountMessages(reading));

        await using var dashboard = DashboardProcess.Launch(folder.Path);

        Assert.Equal(1, await dashboard.WaitForExitAsync());
        var line = Assert.Single(dashboard.Output.Trim().Split('\n'));
        Assert.EndsWith($"another program has {DatabaseFile} open and keeps it locked, such as sqlite3 or a backup. End it, and start again.", line.TrimEnd(),
            StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Root)]
    public async Task A_read_only_file_system_stops_the_start()
    {
        await RestoreAsync();

        await using var dashboard = DashboardProcess.LaunchReadOnly(folder.Path);

        Assert.Equal(1, await dashboard.WaitForExitAsync());
        Assert.Contains("read-only", Assert.Single(dashboard.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Linux)]
    public async Task A_disk_that_becomes_full_makes_it_unready_and_room_makes_it_ready_again()
    {
        await using var dashboard = DashboardProcess.LaunchOnSmallDisk(folder.Path, megabytes: 8);
        await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.OK);
        await dashboard.RunBesideAsync($"dd if=/dev/zero of={folder.Path}/filler bs=64k");

        var body = await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("the disk is full", body, StringComparison.Ordinal);
        for (var ask = 0; ask < 20; ask++)
        {
            await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        }

        await dashboard.RunBesideAsync($"rm {folder.Path}/filler");

        await dashboard.WaitUntilAsync("/health/ready", HttpStatusCode.OK);
        await dashboard.WaitForOutputAsync("The health check storage passes again");
        Assert.Contains("Nothing can be saved: the disk is full", dashboard.Output, StringComparison.Ordinal);
        Assert.Equal(1, CountOf("The health check storage fails: Nothing can be saved: the disk is full.", dashboard.Output));
        Assert.DoesNotContain("Health check storage with status", dashboard.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", dashboard.Output, StringComparison.Ordinal);
    }

    private static int CountOf(string words, string text) => text.Split(words).Length - 1;

    private async Task GiveToNobodyAsync()
    {
        using var chown = Process.Start("chown", ["nobody", DatabaseFile]);
        await chown.WaitForExitAsync();
    }

    private async Task RestoreAsync()
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {DatabaseFile}");
    }

    private static object? CountMessages(SqliteTransaction reading)
    {
        using var command = reading.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (reading, "SELECT count(*) FROM Messages");
        return command.ExecuteScalar();
    }

    private string? JournalMode()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        return command.ExecuteScalar() as string;
    }
}
