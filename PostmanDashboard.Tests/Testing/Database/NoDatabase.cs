using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>A database that must not be asked.</summary>
public sealed class NoDatabase : IDbContextFactory<DashboardDbContext>
{
    public DashboardDbContext CreateDbContext() => throw new InvalidOperationException("The database was asked.");
}
