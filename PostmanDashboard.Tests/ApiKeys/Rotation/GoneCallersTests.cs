using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>Which programs are gone is for the owner of the rotation to say, and to take back.</summary>
public sealed class GoneCallersTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private GoneCallers gone = null!;
    private Account account = null!;
    private Guid old;

    public override async Task InitializeAsync()
    {
        gone = keys.Get<GoneCallers>();
        account = await keys.AddAccountAsync();
        old = (await keys.IssueAsync(account, "Grants")).Id;
        await keys.Database.CallAsync(old, TestClock.Start.AddDays(-6), "10.1.2.7", "nightly/1");
        var request = new NewApiKey("Grants (2)", [account.Email!], ApiKeyLifetime.SixMonths);
        Assert.IsType<StartRotationResult.Started>(
            await keys.Get<KeyRotations>().StartAsync(account.Id, old, request, TestKeys.By(account), CancellationToken.None));
    }

    [Fact]
    public async Task One_that_is_said_to_be_gone_isnt_waited_for_until_that_is_taken_back()
    {
        Assert.True(await gone.AddAsync(account.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None));
        Assert.Equal(CallerStage.Gone, (await CallerAsync()).Stage);

        await gone.RemoveAsync(account.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None);

        Assert.Equal(CallerStage.NotBackYet, (await CallerAsync()).Stage);
    }

    [Fact]
    public async Task Said_twice_counts_once()
    {
        Assert.True(await gone.AddAsync(account.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None));
        Assert.True(await gone.AddAsync(account.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None));

        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(1, await db.GoneCallers.CountAsync());
    }

    [Fact]
    public async Task Another_account_can_neither_say_it_nor_take_it_back()
    {
        var stranger = await keys.AddAccountAsync("stranger@agency.gov.sg");
        Assert.False(await gone.AddAsync(stranger.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None));
        Assert.Equal(CallerStage.NotBackYet, (await CallerAsync()).Stage);
        Assert.True(await gone.AddAsync(account.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None));

        await gone.RemoveAsync(stranger.Id, await RotationAsync(), await CallerAsync(), CancellationToken.None);

        Assert.Equal(CallerStage.Gone, (await CallerAsync()).Stage);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_rotation_that_has_ended()
    {
        var (rotation, caller) = (await RotationAsync(), await CallerAsync());
        await keys.DeleteAsync(account, old);

        Assert.False(await gone.AddAsync(account.Id, rotation, caller, CancellationToken.None));
    }

    public void Dispose() => keys.Dispose();

    private async Task<Guid> RotationAsync() =>
        Assert.Single(await keys.Get<RotationReport>().ListAsync(account.Id, CancellationToken.None)).Id;

    private async Task<CallerProgress> CallerAsync() =>
        Assert.Single((await keys.Get<RotationReport>().FindAsync(account.Id, old, CancellationToken.None))!.Current!.Callers);
}
