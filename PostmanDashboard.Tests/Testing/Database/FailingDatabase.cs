using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>A database that fails when it is told to, and counts how often it was asked.</summary>
public sealed class FailingDatabase(TestDatabase database) : IDbContextFactory<DashboardDbContext>
{
    public bool IsBroken { get; set; }

    /// <summary>Whether everything can be written, and then not be committed.</summary>
    public bool FailsAtCommit { get; set; }

    public int Asked { get; private set; }

    public DashboardDbContext CreateDbContext()
    {
        Asked++;
        return IsBroken ? throw new IOException("The disk is full.") : FailsAtCommit ? CreateUncommitted() : database.CreateDbContext();
    }

    private DashboardDbContext CreateUncommitted()
    {
        using var usual = database.CreateDbContext();
        var options = usual.GetService<DbContextOptions<DashboardDbContext>>();
        return new DashboardDbContext(new DbContextOptionsBuilder<DashboardDbContext>(options).AddInterceptors(new NoCommit()).Options);
    }

    private sealed class NoCommit : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            throw new IOException("The disk is full.");
    }
}
