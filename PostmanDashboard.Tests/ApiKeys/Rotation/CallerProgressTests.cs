using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>Who has switched, told from calls alone.</summary>
public sealed class CallerProgressTests
{
    private static readonly DateTimeOffset Start = TestClock.Start;

    [Fact]
    public void Each_program_stands_where_its_calls_put_it_the_most_urgent_first()
    {
        SeenCaller[] old =
        [
            Caller("10.0.0.1", "switched/1", -48, -1),
            Caller("10.0.0.2", "weekly/1", -100, -90),
            Caller("10.0.0.3", "both/1", -48, 5),
            Caller("10.0.0.4", "old/1", -48, 3),
            Caller("10.0.0.5", "old/2", 0, 0),
            Caller("10.0.0.6", "switched/2", -48, 2),
        ];
        SeenCaller[] replacement =
        [
            Caller("10.0.0.1", "switched/1", 1, 6),
            Caller("10.0.0.3", "both/1", 4, 6),
            Caller("10.0.0.6", "switched/2", 2, 6),
            Caller("10.0.0.7", "new/1", 3, 6),
        ];

        var progress = Of(old, replacement);

        Assert.Equal(
            [
                ("10.0.0.4", CallerStage.StillOld, true), ("10.0.0.5", CallerStage.StillOld, true), ("10.0.0.3", CallerStage.Both, true),
                ("10.0.0.2", CallerStage.NotBackYet, true), ("10.0.0.6", CallerStage.Switched, false), ("10.0.0.1", CallerStage.Switched, false),
                ("10.0.0.7", CallerStage.OnlyNew, false),
            ],
            progress.Select(caller => (caller.Address, caller.Stage, caller.WouldBreak)));
    }

    [Fact]
    public void Two_programs_at_one_address_are_two()
    {
        var progress = Of([Caller("10.0.0.1", "grants/1", 1, 1), Caller("10.0.0.1", "surveys/1", 1, 1)], [Caller("10.0.0.1", "grants/1", 2, 2)]);

        Assert.Equal([("surveys/1", CallerStage.StillOld), ("grants/1", CallerStage.Switched)], progress.Select(caller => (caller.UserAgent, caller.Stage)));
    }

    [Fact]
    public void A_call_with_the_new_key_that_was_refused_is_not_a_switch()
    {
        var refused = Caller("10.0.0.1", "grants/1", 2, 2) with { Accepted = 0, Refused = 3 };

        Assert.Equal(CallerStage.StillOld, Assert.Single(Of([Caller("10.0.0.1", "grants/1", 1, 1)], [refused])).Stage);
    }

    [Theory]
    [InlineData(23, 30, CallerStage.Both)]
    [InlineData(24, 30, CallerStage.Switched)]
    [InlineData(24, 3, CallerStage.Both)]
    public void A_program_whose_processes_switched_one_after_the_other_has_switched_once_the_old_key_is_quiet_and_the_new_one_used_since(
        int hoursQuiet, int newLastAt, CallerStage stage)
    {
        var progress = CallerProgress.Of(
            [Caller("10.0.0.1", "grants/1", -48, 4)], [Caller("10.0.0.1", "grants/1", 3, newLastAt)], Start, Start.AddHours(4 + hoursQuiet - 24), gone: []);

        Assert.Equal(stage, Assert.Single(progress).Stage);
    }

    [Theory]
    [InlineData(-3, CallerStage.Gone)]
    [InlineData(-2, CallerStage.NotBackYet)]
    [InlineData(1, CallerStage.StillOld)]
    public void A_program_that_is_said_to_be_gone_is_until_it_calls_again(int lastAt, CallerStage stage)
    {
        var gone = new GoneCaller { RotationId = Guid.Empty, Address = "10.0.0.1", UserAgent = "weekly/1", LastCallAt = Start.AddHours(-3) };

        var progress = Of([Caller("10.0.0.1", "weekly/1", -4, lastAt), Caller("10.0.0.2", "weekly/1", -4, -3)], [], gone);

        Assert.Equal(stage, progress.Single(caller => caller.Address == "10.0.0.1").Stage);
        Assert.Equal(CallerStage.NotBackYet, progress.Single(caller => caller.Address == "10.0.0.2").Stage);
    }

    [Theory]
    [InlineData("10.0.0.1", "grants/1", "10.0.0.1 (grants/1)")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("", "grants/1", "grants/1")]
    [InlineData("", "", "a caller without an address")]
    [InlineData(KeyCaller.Others, "", "other callers")]
    public void A_program_is_named_by_what_is_known_of_it(string address, string agent, string name) =>
        Assert.Equal(name, Assert.Single(Of([Caller(address, agent, 1, 1)], [])).Name);

    /// <summary>Some hours after the beginning, when nobody has been quiet for long.</summary>
    private static IReadOnlyList<CallerProgress> Of(SeenCaller[] old, SeenCaller[] replacement, params GoneCaller[] gone) =>
        CallerProgress.Of(old, replacement, Start, Start.AddHours(6 - 24), gone);

    /// <summary>First and last seen, in hours from the beginning of the rotation.</summary>
    private static SeenCaller Caller(string address, string agent, int first, int last) =>
        new(address, agent, Start.AddHours(first), Start.AddHours(last), Accepted: 1, Refused: 0);
}
