using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Database;

/// <summary>A database that can be told to keep everybody waiting.</summary>
public sealed class HeldDatabase(IDbContextFactory<DashboardDbContext> databases) : IDbContextFactory<DashboardDbContext>
{
    private TaskCompletionSource? held;

    public void Hold() => held = new TaskCompletionSource();

    public void LetGo() => held?.SetResult();

    public DashboardDbContext CreateDbContext() => databases.CreateDbContext();

    public async Task<DashboardDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        await (held?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return CreateDbContext();
    }
}
