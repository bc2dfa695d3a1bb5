using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data.Storage;

/// <summary>Copies of the database that an operator makes with the program itself.</summary>
public sealed class DatabaseBackupTests : IDisposable
{
    private readonly TestDatabase database = new();
    private readonly TemporaryFolder elsewhere = new();

    private string Storage => Path.GetDirectoryName(database.File)!;

    private string Target => Path.Combine(elsewhere.Path, "copy.db");

    public void Dispose()
    {
        elsewhere.Dispose();
        database.Dispose();
    }

    [FactNeeding(Needs.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task A_copy_is_made_while_a_server_runs_and_someone_writes_and_can_be_started()
    {
        await database.AddAccountAsync("mei@agency.gov.sg");
        await using var server = await DashboardProcess.StartAsync(Storage);
        using var written = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(written.Token));

        await using var backup = DashboardProcess.LaunchWith(Storage, ["backup", Target]);
        var exitCode = await backup.WaitForExitAsync();
        await written.CancelAsync();
        await writing;

        Assert.Equal(0, exitCode);
        Assert.Equal([Target], Directory.GetFiles(elsewhere.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal("ok", Ask(Target, "PRAGMA integrity_check"));
        File.Move(Target, Path.Combine(elsewhere.Path, "postman.db"));
        await using var restored = await DashboardProcess.StartAsync(elsewhere.Path);
        Assert.Equal("mei@agency.gov.sg", Ask(Path.Combine(elsewhere.Path, "postman.db"), "SELECT Email FROM AspNetUsers"));
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Target, "yesterday's copy");

        await AssertFailsAsync(Target, $"{Target} already exists");

        Assert.Equal("yesterday's copy", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task Without_a_folder_or_a_database_it_says_so_and_makes_none()
    {
        var lost = Path.Combine(elsewhere.Path, "no", "copy.db");
        await AssertFailsAsync(lost, "doesn't exist");
        await using var backup = DashboardProcess.LaunchWith(elsewhere.Path, ["backup", Target]);

        Assert.Equal(1, await backup.WaitForExitAsync());
        Assert.Contains("There is no database at", Assert.Single(backup.Output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task A_damaged_database_leaves_no_copy()
    {
        await database.AddAccountAsync("mei@agency.gov.sg");
        SqliteConnection.ClearAllPools();
        await using (var file = File.Open(database.File, FileMode.Open))
        {
            // A page of some table, not the first one, without which it would be no database at all.
            file.Position = 8 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)7, 4096).ToArray());
        }

        await AssertFailsAsync(Target, "damaged");

        Assert.Empty(Directory.GetFiles(elsewhere.Path));
    }

    private async Task AssertFailsAsync(string target, string expected)
    {
        await using var backup = DashboardProcess.LaunchWith(Storage, ["backup", target]);

        Assert.Equal(1, await backup.WaitForExitAsync());
        Assert.Contains(expected, Assert.Single(backup.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
        {
            await using var db = database.CreateDbContext();
            await db.Database.ExecuteSqlAsync($"UPDATE AspNetUsers SET PhoneNumber = {number}", CancellationToken.None);
        }
    }

    private static string? Ask(string file, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
