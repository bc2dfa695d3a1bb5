using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Jobs;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Data;

/// <summary>What is committed together is decided apart.</summary>
public sealed class WriteBatcherTests : IDisposable
{
    private readonly TestDatabase database = new();
    private readonly WriteLock turn = new();
    private readonly WriteBatcher<Func<DashboardDbContext, Task>> commits;

    public WriteBatcherTests() => commits = new WriteBatcher<Func<DashboardDbContext, Task>>(database, turn, async (db, group) =>
    {
        foreach (var change in group)
        {
            await change(db);
            await db.SaveChangesAsync();
        }
    });

    public void Dispose()
    {
        turn.Dispose();
        database.Dispose();
    }

    [Fact]
    public async Task All_that_come_at_once_are_committed_and_each_but_the_failing_ones_succeeds()
    {
        var results = await Together.RunAsync(30, async number =>
        {
            var failure = await Record.ExceptionAsync(() => commits.RunAsync(db => number % 3 == 0
                ? throw new InvalidOperationException($"{number}")
                : AddAsync(db, number)));
            return failure?.Message;
        });

        await using var after = database.CreateDbContext();
        Assert.Equal(Enumerable.Range(0, 30).Where(number => number % 3 != 0).Select(Id).Order(),
            (await after.JobRuns.Select(run => run.JobId).ToListAsync()).Order());
        Assert.All(results.Index(), result => Assert.Equal(result.Index % 3 == 0 ? $"{result.Index}" : null, result.Item));
    }

    [Fact]
    public async Task A_failure_undoes_what_the_failing_one_did_before()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => commits.RunAsync(async db =>
        {
            await AddAsync(db, 1);
            await db.SaveChangesAsync();
            throw new InvalidOperationException();
        }));

        await using var after = database.CreateDbContext();
        Assert.Empty(await after.JobRuns.ToListAsync());
    }

    [Fact]
    public async Task Each_sees_what_those_before_it_did()
    {
        await Together.RunAsync(20, async number =>
        {
            await commits.RunAsync(async db =>
            {
                // Were one not seen, the second of two would take its number.
                await AddAsync(db, await db.JobRuns.CountAsync());
            });
            return number;
        });

        await using var after = database.CreateDbContext();
        Assert.Equal(20, await after.JobRuns.CountAsync());
    }

    private static string Id(int number) => $"job-{number:00}";

    private static Task AddAsync(DashboardDbContext db, int number)
    {
        db.JobRuns.Add(new JobRun { JobId = Id(number), StartedAt = TestClock.Start, FinishedAt = TestClock.Start });
        return Task.CompletedTask;
    }
}
