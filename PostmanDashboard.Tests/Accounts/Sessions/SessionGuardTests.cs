using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.Sessions;

/// <summary>In the name of a session that has ended nothing is written, by whichever command, also by one that is still to be programmed.</summary>
public sealed class SessionGuardTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private Account account = null!;
    private ActingSession acting = null!;
    private bool isClosed;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        await using var scope = app.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        person.Identities.Single().AddClaim(new Claim("session_id", $"{Guid.NewGuid()}"));
        acting = new ActingSession(person, () => isClosed = true);
    }

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Every_table_refuses_every_way_of_writing()
    {
        await using var db = app.CreateDbContext();
        await EndAsync();
        var deletions = db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Select(table => $"DELETE FROM \"{table}\"")
            .ToList();

        Assert.Contains("DELETE FROM \"ApiKeys\"", deletions);
        foreach (var deletion in deletions)
        {
            // A statement comes in one of two ways: outside of a transaction, and in one.
            await RefusesAsync(() => db.Database.ExecuteSqlRawAsync(deletion));
            await RefusesAsync(() => db.Database.BeginTransactionAsync());
        }
    }

    [Fact]
    public async Task Saving_updating_and_deleting_are_refused_and_nothing_is_changed()
    {
        await app.IssueKeyAsync(account);
        await EndAsync();
        await using var db = app.CreateDbContext();

        await RefusesAsync(() => db.ApiKeys.ExecuteDeleteAsync());
        await RefusesAsync(() => db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.Hint, "XXXXX")));
        (await db.ApiKeys.SingleAsync()).Label = "Changed";
        await RefusesAsync(() => db.SaveChangesAsync());
        await RefusesAsync(() => app.IssueKeyAsync(account, "Another"));

        db.ChangeTracker.Clear();
        Assert.Equal("Grant system", (await db.ApiKeys.SingleAsync()).Label);
        Assert.True(isClosed);
    }

    [Fact]
    public async Task While_the_session_holds_everything_is_written_and_programs_and_jobs_need_none()
    {
        await acting.RunAsync(async () =>
        {
            await app.IssueKeyAsync(account);
            await using var own = app.CreateDbContext();
            Assert.Equal(1, await own.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.Hint, "XXXXX")));
        });
        await EndAsync();
        await app.IssueKeyAsync(account, "Another");

        await using var db = app.CreateDbContext();
        Assert.Equal(2, await db.ApiKeys.CountAsync());
        Assert.False(isClosed);
    }

    [Fact]
    public async Task What_was_begun_before_the_end_is_not_finished_after_it()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var late = acting.RunAsync(async () =>
        {
            begun.SetResult();
            await ended.Task;
            await app.IssueKeyAsync(account);
        });
        await begun.Task;
        await EndAsync();
        ended.SetResult();

        await Assert.ThrowsAsync<SessionEndedException>(() => late);
        await using var db = app.CreateDbContext();
        Assert.Empty(await db.ApiKeys.ToListAsync());
    }

    [Fact]
    public void Nothing_but_the_guarded_context_writes_to_the_database()
    {
        var guarded = app.Services.GetRequiredService<IDbContextFactory<DashboardDbContext>>();
        var contexts = typeof(Program).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DbContext)));

        Assert.Equal([typeof(DashboardDbContext)], contexts);
        using var db = guarded.CreateDbContext();
        Assert.Equal(AutoTransactionBehavior.Always, db.Database.AutoTransactionBehavior);
    }

    private async Task RefusesAsync(Func<Task> write)
    {
        var refused = await Record.ExceptionAsync(() => acting.RunAsync(write));
        Assert.IsType<SessionEndedException>(refused);
    }

    private async Task EndAsync()
    {
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(row => row.SecurityStamp, "another"));
    }
}
