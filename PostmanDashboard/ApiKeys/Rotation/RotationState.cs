using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>How far an ongoing rotation has come: whether its old key can be deleted without breaking anything.</summary>
/// <param name="QuietSince">From when on the old key was not used although the new one was. Null while there is no such moment.</param>
/// <param name="SafeAt">When the old key will be safe to delete if nothing uses it before. Null where that can't be said.</param>
/// <param name="Behind">How many programs used the old key, haven't switched, and aren't said to be gone.</param>
public sealed record RotationState(RotationReadiness Readiness, DateTimeOffset? QuietSince, DateTimeOffset? SafeAt, int Behind)
{
    /// <summary>Less quiet than this is a pause between two calls.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Whether deleting the old key breaks nothing, as far as can be known.</summary>
    public bool IsSafe => Readiness is RotationReadiness.Safe or RotationReadiness.OldExpired;

    /// <param name="quietFor"><see cref="RotationOptions.QuietFor"/>.</param>
    /// <param name="behind"><see cref="Behind"/>.</param>
    public static RotationState At(DateTimeOffset now, UsedKey old, UsedKey replacement, TimeSpan quietFor, int behind)
    {
        if (now >= replacement.ExpiresAt)
        {
            return new(RotationReadiness.NewExpired, QuietSince: null, SafeAt: null, behind);
        }

        if (now >= old.ExpiresAt)
        {
            return new(RotationReadiness.OldExpired, QuietSince: null, SafeAt: null, behind);
        }

        if (replacement.IsPaused)
        {
            return new(RotationReadiness.NewPaused, QuietSince: null, SafeAt: null, behind);
        }

        if (replacement.FirstUsedAt is not { } switchedAt)
        {
            return new(RotationReadiness.NewUnused, QuietSince: null, SafeAt: null, behind);
        }

        var usedSince = old.LastUsedAt > switchedAt;
        var quietSince = usedSince ? old.LastUsedAt!.Value : switchedAt;
        var readiness = now - quietSince >= quietFor ? (behind == 0 ? RotationReadiness.Safe : RotationReadiness.Waiting)
            : usedSince && now - quietSince < Pause ? RotationReadiness.OldStillUsed
            : RotationReadiness.Quiet;
        return new(readiness, quietSince, quietSince + quietFor, behind);
    }

    /// <summary><c>not yet</c>, <c>quiet for 5 hours</c>, <c>safe to delete</c></summary>
    public string InWords(DateTimeOffset now) => Readiness switch
    {
        RotationReadiness.NewUnused or RotationReadiness.OldStillUsed => "not yet",
        RotationReadiness.Quiet => $"quiet for {Whole(now - QuietSince!.Value)}",
        RotationReadiness.Waiting => $"waiting for {Quantity.Format(Behind, "program")}",
        RotationReadiness.Safe => "safe to delete",
        RotationReadiness.OldExpired => "expired: safe to delete",
        RotationReadiness.NewExpired => "the new key has expired",
        RotationReadiness.NewPaused => "the new key is paused",
        _ => throw new ArgumentOutOfRangeException(nameof(now), Readiness, null),
    };

    /// <summary>How long until it is safe if all stays quiet: <c>19 hours</c>, the last one begun counted whole. Null where that can't be said.</summary>
    public string? LeftInWords(DateTimeOffset now) => Readiness is RotationReadiness.Quiet or RotationReadiness.OldStillUsed
        ? Quantity.Format(Math.Max(1, (int)Math.Ceiling((SafeAt!.Value - now).TotalHours)), "hour")
        : null;

    private static string Whole(TimeSpan quiet) => quiet < Pause ? "under an hour" : Quantity.Format((int)quiet.TotalHours, "hour");
}

/// <summary>What a rotation needs to know of either of its keys.</summary>
/// <param name="FirstUsedAt">Null while it has not been used.</param>
/// <param name="LastUsedAt">The last call with it, also one that was refused: a program still has it. Null while there was none.</param>
public sealed record UsedKey(DateTimeOffset ExpiresAt, DateTimeOffset? FirstUsedAt, DateTimeOffset? LastUsedAt)
{
    public bool IsPaused { get; init; }
}

/// <summary>What a rotation is still waiting for.</summary>
public enum RotationReadiness
{
    /// <summary>Nothing has called with the new key yet.</summary>
    NewUnused,

    /// <summary>Something called with the old key after the new one was taken into use, and less than an hour ago.</summary>
    OldStillUsed,

    /// <summary>The new key is used and the old one isn't, but not for long enough.</summary>
    Quiet,

    /// <summary>The old key has been quiet for as long as the settings ask, but some program that used it hasn't switched.</summary>
    Waiting,

    /// <summary>The new key is used, and the old one hasn't been for as long as the settings ask.</summary>
    Safe,

    /// <summary>The old key is refused already, so deleting it changes nothing for any program.</summary>
    OldExpired,

    /// <summary>The new key is refused, so nothing can be switched to it.</summary>
    NewExpired,

    /// <summary>The new key is refused until somebody resumes it.</summary>
    NewPaused,
}
