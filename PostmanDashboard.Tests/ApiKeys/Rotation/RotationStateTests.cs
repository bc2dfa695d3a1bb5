using System.Globalization;
using CsCheck;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>When an old key can go: the rule alone, without a database.</summary>
public sealed class RotationStateTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly DateTimeOffset Now = TestClock.Start;
    private static readonly DateTimeOffset Later = Now.AddDays(100);

    /// <param name="newFirst">How long ago the new key was first used. Null: never.</param>
    /// <param name="oldLast">How long ago the old key was last used. Null: never.</param>
    [Theory]
    [InlineData(null, null, RotationReadiness.NewUnused, "not yet")]
    [InlineData(null, "00:05:00", RotationReadiness.NewUnused, "not yet")]
    [InlineData(null, "90.00:00:00", RotationReadiness.NewUnused, "not yet")]
    [InlineData("00:00:00", null, RotationReadiness.Quiet, "quiet for under an hour")]
    [InlineData("00:59:59", "03:00:00", RotationReadiness.Quiet, "quiet for under an hour")]
    [InlineData("01:00:00", "03:00:00", RotationReadiness.Quiet, "quiet for 1 hour")]
    [InlineData("05:59:59", null, RotationReadiness.Quiet, "quiet for 5 hours")]
    [InlineData("05:00:00", "05:00:00", RotationReadiness.Quiet, "quiet for 5 hours")]
    [InlineData("05:00:00", "00:00:00", RotationReadiness.OldStillUsed, "not yet")]
    [InlineData("05:00:00", "00:59:59", RotationReadiness.OldStillUsed, "not yet")]
    [InlineData("05:00:00", "01:00:00", RotationReadiness.Quiet, "quiet for 1 hour")]
    [InlineData("90.00:00:00", "00:01:00", RotationReadiness.OldStillUsed, "not yet")]
    [InlineData("90.00:00:00", "23:59:59.9999999", RotationReadiness.Quiet, "quiet for 23 hours")]
    [InlineData("90.00:00:00", "1.00:00:00", RotationReadiness.Safe, "safe to delete")]
    [InlineData("23:59:59.9999999", null, RotationReadiness.Quiet, "quiet for 23 hours")]
    [InlineData("1.00:00:00", null, RotationReadiness.Safe, "safe to delete")]
    [InlineData("1.00:00:00", "30.00:00:00", RotationReadiness.Safe, "safe to delete")]
    public void An_old_key_is_safe_once_the_new_one_is_used_and_it_has_been_quiet_since(
        string? newFirst, string? oldLast, RotationReadiness readiness, string words)
    {
        var state = RotationState.At(
            Now, new UsedKey(Later, Ago("90.00:00:00"), Ago(oldLast)), new UsedKey(Later, Ago(newFirst), Ago(newFirst)), Day, behind: 0);

        Assert.Equal(readiness, state.Readiness);
        Assert.Equal(words, state.InWords(Now));
        Assert.Equal(readiness == RotationReadiness.Safe, state.IsSafe);
    }

    [Theory]
    [InlineData("00:00:00", "24 hours")]
    [InlineData("00:00:01", "24 hours")]
    [InlineData("01:00:00", "23 hours")]
    [InlineData("22:30:00", "2 hours")]
    [InlineData("23:00:00", "1 hour")]
    [InlineData("23:59:59", "1 hour")]
    [InlineData("1.00:00:00", null)]
    public void What_is_left_is_counted_in_hours_begun_and_never_zero(string quiet, string? left) =>
        Assert.Equal(left, RotationState.At(Now, new UsedKey(Later, null, null), new UsedKey(Later, Ago(quiet), Ago(quiet)), Day, behind: 0).LeftInWords(Now));

    [Fact]
    public void An_old_key_that_has_expired_is_safe_whatever_was_used()
    {
        var state = RotationState.At(Now, new UsedKey(Now, Ago("01:00:00"), Ago("00:00:01")), new UsedKey(Later, null, null), Day, behind: 0);

        Assert.Equal(RotationReadiness.OldExpired, state.Readiness);
        Assert.True(state.IsSafe);
        Assert.Equal("expired: safe to delete", state.InWords(Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_new_key_that_has_expired_makes_nothing_safe_also_when_the_old_one_has(int oldLivesFor)
    {
        var state = RotationState.At(
            Now, new UsedKey(Now.AddDays(oldLivesFor), null, null), new UsedKey(Now, Ago("30.00:00:00"), Ago("30.00:00:00")), Day, behind: 0);

        Assert.Equal(RotationReadiness.NewExpired, state.Readiness);
        Assert.False(state.IsSafe);
        Assert.Null(state.LeftInWords(Now));
    }

    [Fact]
    public void A_key_however_quiet_is_not_safe_while_a_program_that_used_it_has_not_switched()
    {
        var used = new UsedKey(Later, Ago("2.00:00:00"), Ago("2.00:00:00"));

        var state = RotationState.At(Now, used, used, Day, behind: 1);

        Assert.Equal((RotationReadiness.Waiting, false), (state.Readiness, state.IsSafe));
        Assert.Equal("waiting for 1 program", state.InWords(Now));
        Assert.True(RotationState.At(Now, used, used, Day, behind: 0).IsSafe);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(720)]
    public void The_quiet_that_is_asked_for_is_the_settings(int hours)
    {
        var use = new UsedKey(Later, Now, Now);

        Assert.False(RotationState.At(Now.AddHours(hours).AddTicks(-1), new UsedKey(Later, null, null), use, TimeSpan.FromHours(hours), behind: 0).IsSafe);
        Assert.True(RotationState.At(Now.AddHours(hours), new UsedKey(Later, null, null), use, TimeSpan.FromHours(hours), behind: 0).IsSafe);
    }

    [Fact]
    public void It_is_never_safe_while_either_call_is_nearer_than_the_quiet_asked_for() =>
        Gen.Select(Gen.Long[0, TimeSpan.FromDays(40).Ticks], Gen.Long[0, TimeSpan.FromDays(40).Ticks], Gen.Int[1, 720]).Sample((newAgo, oldAgo, hours) =>
        {
            var state = RotationState.At(
                Now, new UsedKey(Later, Now.AddDays(-50), Now.AddTicks(-oldAgo)), new UsedKey(Later, Now.AddTicks(-newAgo), Now), TimeSpan.FromHours(hours),
                    behind: 0);

            Assert.Equal(Math.Min(newAgo, oldAgo) >= TimeSpan.FromHours(hours).Ticks, state.IsSafe);
            Assert.Equal(state.QuietSince + TimeSpan.FromHours(hours), state.SafeAt);
        });

    private static DateTimeOffset? Ago(string? span) => span is null ? null : Now - TimeSpan.Parse(span, CultureInfo.InvariantCulture);
}
