using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Data;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;

namespace PostmanDashboard.Tests.Data;

public sealed class DatabaseTests : IDisposable
{
    private readonly TestDatabase database = new();

    [Fact]
    public async Task The_migrations_make_the_model_as_it_is_now()
    {
        await using var db = database.CreateDbContext();

        Assert.False(db.Database.HasPendingModelChanges(), "Add a migration: the model has changed.");
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Migrating_again_keeps_what_is_there()
    {
        await database.AddAccountAsync("mei@agency.gov.sg");
        await using var db = database.CreateDbContext();

        await db.Database.MigrateAsync();

        Assert.Equal("mei@agency.gov.sg", (await db.Users.SingleAsync()).Email);
    }

    [Fact]
    public async Task Every_connection_waits_for_the_disk_and_keeps_rows_together_that_belong_together()
    {
        using var app = new DashboardApplication();
        await using var db = app.CreateDbContext();
        await db.Database.OpenConnectionAsync();

        Assert.Equal(2L, await db.Database.AskAsync("PRAGMA synchronous", CancellationToken.None));
        Assert.Equal(1L, await db.Database.AskAsync("PRAGMA foreign_keys", CancellationToken.None));
    }

    [Fact]
    public async Task A_database_that_cannot_have_WAL_is_said_to_be_one()
    {
        using var app = new DashboardApplication();
        var storage = app.Services.GetRequiredService<StorageFolder>();

        var failure = await Assert.ThrowsAsync<UnusableStorageException>(
            () => new JournalMode(new MemoryDatabases(), storage).SetAsync(CancellationToken.None));

        Assert.Contains("WAL mode (it stays “memory”)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_waits_for_other_writers_however_it_was_opened()
    {
        await using var db = database.CreateDbContext();

        db.Database.OpenConnection();
        Assert.Equal(15_000, await ReadBusyTimeoutAsync(db));
        await db.Database.CloseConnectionAsync();

        await db.Database.OpenConnectionAsync();
        Assert.Equal(15_000, await ReadBusyTimeoutAsync(db));
    }

    [Fact]
    public async Task Instants_are_kept_to_the_tick_compared_and_ordered_whatever_their_offset()
    {
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        await database.AddAccountAsync("tan@agency.gov.sg");
        var instant = new DateTimeOffset(2026, 1, 5, 17, 0, 0, TimeSpan.FromHours(8)).AddTicks(1);
        await using var db = database.CreateDbContext();

        await db.Users.Where(row => row.Id == account.Id).ExecuteUpdateAsync(row => row.SetProperty(a => a.DisabledAt, instant));

        var kept = (await db.Users.SingleAsync(row => row.DisabledAt >= instant && row.DisabledAt > row.CreatedAt)).DisabledAt!.Value;
        Assert.Equal(instant, kept);
        Assert.Equal(TimeSpan.Zero, kept.Offset);
        Assert.Equal(account.Id, (await db.Users.OrderByDescending(row => row.DisabledAt).FirstAsync()).Id);
        Assert.False(await db.Users.AnyAsync(row => row.DisabledAt > instant));
    }

    [Fact]
    public async Task Only_a_value_taken_already_counts_as_someone_else_being_first()
    {
        await using var db = database.CreateDbContext();
        db.DataProtectionKeys.Add(new DataProtectionKey { Id = 1 });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        db.DataProtectionKeys.Add(new DataProtectionKey { Id = 1 });

        var sameId = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.IsType<SqliteException>(sameId.InnerException);
        Assert.False(sameId.IsUniqueViolation());
        Assert.False(new DbUpdateException("No database behind it.").IsUniqueViolation());
    }

    public void Dispose() => database.Dispose();

    private static async Task<long> ReadBusyTimeoutAsync(DashboardDbContext db)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA busy_timeout;";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Databases in memory, which have no log that others could read beside.</summary>
    private sealed class MemoryDatabases : IDbContextFactory<DashboardDbContext>
    {
        public DashboardDbContext CreateDbContext() =>
            new(new DbContextOptionsBuilder<DashboardDbContext>().UseSqlite("Data Source=:memory:").Options);
    }
}
