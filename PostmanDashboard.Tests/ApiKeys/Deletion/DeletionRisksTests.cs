using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Deletion;

/// <summary>When a click is too little to delete a key, and whom it would hit.</summary>
public sealed class DeletionRisksTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private DeletionRisks risks = null!;
    private Account account = null!;
    private Guid key;

    public override async Task InitializeAsync()
    {
        risks = keys.Get<DeletionRisks>();
        account = await keys.AddAccountAsync();
        key = (await keys.IssueAsync(account, "Grants", ApiKeyLifetime.Days90)).Id;
    }

    [Fact]
    public async Task A_key_that_was_never_used_goes_with_one_confirmation()
    {
        var risk = await AssessAsync(key);

        Assert.False(risk.AsksForLabel);
        Assert.Empty(risk.Callers);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(7.01, false)]
    public async Task The_label_is_asked_for_within_seven_days_of_the_last_call(double days, bool asks)
    {
        await keys.Database.CallAsync(key, TestClock.Start);
        keys.Clock.Advance(TimeSpan.FromDays(days));

        var risk = await AssessAsync(key);

        Assert.Equal(asks, risk.AsksForLabel);
        Assert.Equal(asks ? 1 : 0, risk.Callers.Count);
    }

    [Fact]
    public async Task Callers_of_the_last_seven_days_are_named_the_latest_first()
    {
        await keys.Database.CallAsync(key, TestClock.Start, "10.1.2.1", "once/1");
        await keys.Database.CallAsync(key, TestClock.Start.AddDays(5), "10.1.2.2", "daily/1");
        await keys.Database.CallAsync(key, TestClock.Start.AddDays(6), "10.1.2.3", "");
        keys.Clock.Advance(TimeSpan.FromDays(8));

        Assert.Equal(["10.1.2.3", "10.1.2.2 (daily/1)"], (await AssessAsync(key)).Callers.Select(caller => caller.Name));
    }

    [Fact]
    public async Task An_expired_key_goes_with_one_confirmation_because_its_calls_are_refused_already()
    {
        keys.Clock.Advance(TimeSpan.FromDays(90));
        await keys.Database.CallAsync(key, TestClock.Start.AddDays(89));

        Assert.False((await AssessAsync(key)).AsksForLabel);
    }

    [Fact]
    public async Task In_a_rotation_the_label_is_asked_for_until_it_is_safe()
    {
        await keys.Database.CallAsync(key, TestClock.Start.AddMinutes(-1));
        var replacement = await RotateAsync();
        Assert.True((await AssessAsync(key)).AsksForLabel);

        await keys.Database.CallAsync(replacement, TestClock.Start);
        keys.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.True((await AssessAsync(key)).AsksForLabel);

        keys.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False((await AssessAsync(key)).AsksForLabel);
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("10.1.2.9", true)]
    public async Task A_quiet_key_still_asks_when_someone_of_these_days_was_not_seen_with_the_new_one(string oldCaller, bool asks)
    {
        await keys.Database.CallAsync(key, TestClock.Start, oldCaller);
        var replacement = await RotateAsync();
        await keys.Database.CallAsync(replacement, TestClock.Start.AddMinutes(1), "10.1.2.3");
        keys.Clock.Advance(TimeSpan.FromHours(25));

        var risk = await AssessAsync(key);

        Assert.Equal(asks, !risk.Rotation!.State.IsSafe);
        Assert.Equal(asks, risk.AsksForLabel);
        Assert.Equal(!asks, Assert.Single(risk.Callers).IsProvidedFor);
    }

    [Fact]
    public async Task A_server_whose_processes_switched_some_seconds_apart_has_switched_once_it_is_safe()
    {
        var replacement = await RotateAsync();
        await keys.Database.CallAsync(replacement, TestClock.Start);
        await keys.Database.CallAsync(key, TestClock.Start.AddSeconds(10));
        await keys.Database.CallAsync(replacement, TestClock.Start.AddSeconds(20));
        Assert.Equal(CallerStage.Both, Assert.Single((await AssessAsync(key)).Callers).Stage);

        keys.Clock.Advance(TimeSpan.FromHours(25));

        var risk = await AssessAsync(key);
        Assert.True(Assert.Single(risk.Callers).IsProvidedFor);
        Assert.False(risk.AsksForLabel);
    }

    [Fact]
    public async Task The_new_key_of_a_rotation_is_a_key_like_any_other()
    {
        var replacement = await RotateAsync();
        Assert.False((await AssessAsync(replacement)).AsksForLabel);

        await keys.Database.CallAsync(replacement, TestClock.Start);

        var risk = await AssessAsync(replacement);
        Assert.True(risk.AsksForLabel);
        Assert.Equal(key, risk.Rotation!.OldKeyId);
    }

    [Fact]
    public async Task A_key_that_is_gone_has_no_risk() =>
        Assert.Null(await risks.AssessAsync(account.Id, Guid.NewGuid(), CancellationToken.None));

    public void Dispose() => keys.Dispose();

    private async Task<DeletionRisk> AssessAsync(Guid id) => (await risks.AssessAsync(account.Id, id, CancellationToken.None))!;

    private async Task<Guid> RotateAsync()
    {
        var request = new NewApiKey("Grants (2)", [account.Email!], ApiKeyLifetime.SixMonths);
        var started = await keys.Get<KeyRotations>().StartAsync(account.Id, key, request, TestKeys.By(account), CancellationToken.None);
        return Assert.IsType<StartRotationResult.Started>(started).Replacement.Id;
    }
}
