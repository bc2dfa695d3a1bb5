using PostmanDashboard.Shell.Text;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>What a rotation waits for, as people read it.</summary>
public static class RotationWords
{
    private const int Named = 5;

    /// <summary>Why the old key can be deleted, or can’t yet, in a sentence or two.</summary>
    public static string Explain(RotationState state, string oldLabel, string newLabel, DateTimeOffset now, AgencyTime time) => state.Readiness switch
    {
        RotationReadiness.NewUnused => $"“{newLabel}” hasn’t been used yet.",
        RotationReadiness.OldStillUsed =>
            $"Something still called with “{oldLabel}” after “{newLabel}” came into use, last at {time.FormatTimeOfDay(state.QuietSince!.Value)}.",
        RotationReadiness.Quiet =>
            $"“{newLabel}” is in use, and nothing has called with “{oldLabel}” since {time.Format(state.QuietSince!.Value)}. {(state.Behind == 0
                ? $"If it stays quiet, it is safe to delete in {state.LeftInWords(now)}, on {time.Format(state.SafeAt!.Value)}."
                : $"It isn’t safe to delete until {Quantity.Format(state.Behind, "more program")} {(state.Behind == 1 ? "has" : "have")} switched, or " +
                    $"you mark {(state.Behind == 1 ? "it" : "them")} as gone.")}",
        RotationReadiness.Waiting =>
            $"“{newLabel}” is in use, and nothing has called with “{oldLabel}” since {time.Format(state.QuietSince!.Value)}, but " +
                $"{Quantity.Format(state.Behind, "program")} that used it {(state.Behind == 1 ? "hasn’t" : "haven’t")} switched. A program that calls " +
                $"rarely would stop working.",
        RotationReadiness.Safe => $"“{newLabel}” is in use, and nothing has called with “{oldLabel}” since {time.Format(state.QuietSince!.Value)}.",
        RotationReadiness.OldExpired => $"“{oldLabel}” has expired, so its calls are already rejected.",
        RotationReadiness.NewExpired => $"“{newLabel}” has expired, so nothing can switch to it. Stop this rotation and start again.",
        RotationReadiness.NewPaused => $"“{newLabel}” is paused, so nothing can switch to it. Resume it on its page.",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state.Readiness, null),
    };

    /// <summary>The state as a heading: <c>Quiet for 5 hours</c>.</summary>
    public static string Headline(RotationState state, DateTimeOffset now)
    {
        var words = state.InWords(now);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The programs by name, as far as anyone reads a list in a sentence.</summary>
    public static string Names(IReadOnlyList<CallerProgress> callers) =>
        string.Join(", ", callers.Take(Named).Select(caller => caller.Name)) + (callers.Count > Named ? $" and {callers.Count - Named} more" : "");

    /// <summary>How many of those that used the old key have switched: <c>1 of 2 programs switched, 1 gone</c>. Null where none did.</summary>
    public static string? Switched(IReadOnlyList<CallerProgress> callers)
    {
        var before = callers.Where(caller => caller.OldLastAt is not null).ToLookup(caller => caller.Stage);
        var gone = before[CallerStage.Gone].Count();
        var all = before.Sum(stage => stage.Count()) - gone;
        var words = all == 0 ? null : $"{before[CallerStage.Switched].Count()} of {Quantity.Format(all, "program")} switched";
        return (words, gone) switch
        {
            (_, 0) => words,
            (null, _) => $"{Quantity.Format(gone, "program")} gone",
            _ => $"{words}, {gone} gone",
        };
    }

    /// <summary>How far a program has come, in a few words.</summary>
    public static string InWords(this CallerStage stage) => stage switch
    {
        CallerStage.StillOld => "Still the old key",
        CallerStage.Both => "Both keys",
        CallerStage.NotBackYet => "Not seen yet",
        CallerStage.Gone => "Gone",
        CallerStage.Switched => "Switched",
        CallerStage.OnlyNew => "New key only",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
