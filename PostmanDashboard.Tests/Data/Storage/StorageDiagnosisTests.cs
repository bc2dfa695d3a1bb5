using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Data.Storage;

/// <summary>Why something could not be saved, whichever error it comes as, and how often the log says so.</summary>
public sealed class StorageDiagnosisTests : IDisposable
{
    private const int NoSpaceLeft = 28;

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;

    public StorageDiagnosisTests() => app = new DashboardApplication { Logs = logs };

    private StorageDiagnosis Diagnosis => app.Services.GetRequiredService<StorageDiagnosis>();

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

    [Fact]
    public void A_full_disk_is_one_whether_SQLite_or_the_system_says_so()
    {
        var full = new SqliteException("database or disk is full", 13);

        Assert.Equal(StorageErrorKind.FullDisk, Diagnosis.Find(full)?.Kind);
        Assert.Equal(StorageErrorKind.FullDisk, Diagnosis.Find(new DbUpdateException("not saved", full))?.Kind);
        Assert.Equal(StorageErrorKind.FullDisk, Diagnosis.Find(new AggregateException(new InvalidOperationException(), full))?.Kind);
        Assert.Equal(StorageErrorKind.FullDisk, Diagnosis.Find(new IOException("No space left on device", NoSpaceLeft))?.Kind);
    }

    [Theory]
    [InlineData(19)] // a row that breaks a rule
    [InlineData(5)] // somebody else writes
    public void What_concerns_rows_and_locks_is_not_a_storage_error(int code) =>
        Assert.Null(Diagnosis.Find(new SqliteException("no", code)));

    [Fact]
    public void A_broken_connection_is_not_a_storage_error() => Assert.Null(Diagnosis.Find(new IOException("Broken pipe", 32)));

    [Fact]
    public void The_log_says_it_once_a_minute_without_where_in_the_code()
    {
        var logger = app.Services.GetRequiredService<ILogger<StorageDiagnosisTests>>();
        void Fail() => logger.LogError(new SqliteException("database or disk is full", 13), "A key could not be issued");

        for (var call = 0; call < 20; call++)
        {
            Fail();
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Fail();

        var lines = logs.Text.Split('\n').Where(line => line.Contains("Nothing can be saved", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.EndsWith("the disk is full", lines[0].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("the disk is full (19 more in the last minute)", lines[1].TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("A key could not be issued", logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_failures_are_logged_in_full()
    {
        app.Services.GetRequiredService<ILogger<StorageDiagnosisTests>>().LogError(new InvalidOperationException("a bug"), "It failed");

        Assert.Contains("System.InvalidOperationException: a bug", logs.Text, StringComparison.Ordinal);
    }
}
