using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>How far one program has come on its way from the old key to the new one. Programs are told apart by address and user agent.</summary>
/// <param name="OldLastAt">Its last call with the old key. Null when it made none.</param>
/// <param name="NewLastAt">Its last call with the new key. Null when it made none.</param>
public sealed record CallerProgress(string Address, string UserAgent, DateTimeOffset? OldLastAt, DateTimeOffset? NewLastAt, CallerStage Stage)
{
    /// <summary>Whether it is refused once the old key is deleted, as far as its calls tell.</summary>
    public bool WouldBreak => Stage is CallerStage.StillOld or CallerStage.NotBackYet or CallerStage.Both;

    /// <summary>Its last call with either key.</summary>
    public DateTimeOffset LastAt => OldLastAt is null || NewLastAt > OldLastAt ? NewLastAt!.Value : OldLastAt.Value;

    /// <summary><c>10.1.2.9 (grants/1.4)</c></summary>
    public string Name => (Address, UserAgent) switch
    {
        (KeyCaller.Others, _) => "other callers",
        ("", "") => "a caller without an address",
        ("", _) => UserAgent,
        (_, "") => Address,
        _ => $"{Address} ({UserAgent})",
    };

    /// <returns>Those that need something done first, and among them the latest first.</returns>
    /// <param name="leftBehindSince">Whoever last called with the old key at this instant or before, and with the new one since,
    /// has left it: <see cref="RotationOptions.QuietFor"/> ago.</param>
    /// <param name="gone">Those that a person has said are gone.</param>
    public static IReadOnlyList<CallerProgress> Of(
        IEnumerable<SeenCaller> old, IEnumerable<SeenCaller> replacement, DateTimeOffset startedAt, DateTimeOffset leftBehindSince,
        IReadOnlyList<GoneCaller> gone)
    {
        var switched = replacement.Where(caller => caller.Accepted > 0).ToDictionary(caller => (caller.Address, caller.UserAgent));
        var known = old.Select(caller => Of(caller, switched.GetValueOrDefault((caller.Address, caller.UserAgent)), startedAt, leftBehindSince))
            .Select(caller => caller.WouldBreak && gone.Any(caller.IsStill) ? caller with { Stage = CallerStage.Gone } : caller)
            .ToList();
        var added = switched.Values.Where(caller => !known.Exists(one => one.Address == caller.Address && one.UserAgent == caller.UserAgent))
            .Select(caller => new CallerProgress(caller.Address, caller.UserAgent, OldLastAt: null, caller.LastSeenAt, CallerStage.OnlyNew));
        return [.. known.Concat(added).OrderBy(caller => caller.Stage).ThenByDescending(caller => caller.OldLastAt ?? caller.NewLastAt).ThenBy(
            caller => caller.Address, StringComparer.Ordinal)];
    }

    /// <summary>Whether it is the one that was said to be gone, and hasn't called since.</summary>
    private bool IsStill(GoneCaller gone) => gone.Address == Address && gone.UserAgent == UserAgent && LastAt <= gone.LastCallAt;

    private static CallerProgress Of(SeenCaller old, SeenCaller? replacement, DateTimeOffset startedAt, DateTimeOffset leftBehindSince) =>
        new(old.Address, old.UserAgent, old.LastSeenAt, replacement?.LastSeenAt, replacement switch
        {
            null when old.LastSeenAt >= startedAt => CallerStage.StillOld,
            null => CallerStage.NotBackYet,
            // Two processes of one server take the new key some seconds apart.
            _ when old.LastSeenAt <= leftBehindSince && replacement.LastSeenAt > old.LastSeenAt => CallerStage.Switched,
            _ when old.LastSeenAt > replacement.FirstSeenAt => CallerStage.Both,
            _ => CallerStage.Switched,
        });
}

/// <summary>What a program's calls say about its switch, the most urgent first.</summary>
public enum CallerStage
{
    /// <summary>It has called with the old key since the replacement was made, and never with the new one.</summary>
    StillOld,

    /// <summary>It has called with the new key, and with the old one after that: not long ago, or more lately than with the new one.</summary>
    Both,

    /// <summary>It has called with neither since the replacement was made: perhaps it calls once a week.</summary>
    NotBackYet,

    /// <summary>It hasn't switched, but a person has said that it is gone, and it hasn't called since.</summary>
    Gone,

    /// <summary>It calls with the new key, and not with the old one any more.</summary>
    Switched,

    /// <summary>It calls with the new key, and was never seen with the old one.</summary>
    OnlyNew,
}
