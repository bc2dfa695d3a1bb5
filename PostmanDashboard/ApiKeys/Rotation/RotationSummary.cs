using PostmanDashboard.ApiKeys.Rotation.Automatic;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>An ongoing rotation, as lists of keys show it.</summary>
/// <param name="Callers">Who calls with either key, those that need something done first.</param>
public sealed record RotationSummary(
    Guid Id, Guid OldKeyId, string OldLabel, Guid NewKeyId, string NewLabel, DateTimeOffset StartedAt, RotationState State,
        IReadOnlyList<CallerProgress> Callers, AutoDelete Automatic)
{
    /// <summary>The keys with the two of each rotation one below the other, the old one first, where the first of them stood.</summary>
    public static IReadOnlyList<ApiKeySummary> InPairs(IReadOnlyList<ApiKeySummary> keys, IReadOnlyList<RotationSummary> rotations)
    {
        var byId = keys.ToDictionary(key => key.Id);
        return [.. keys.SelectMany(key => PairOf(key, byId, rotations)).DistinctBy(key => key.Id)];
    }

    private static IEnumerable<ApiKeySummary> PairOf(
        ApiKeySummary key, Dictionary<Guid, ApiKeySummary> keys, IReadOnlyList<RotationSummary> rotations) =>
        rotations.FirstOrDefault(rotation => rotation.OldKeyId == key.Id || rotation.NewKeyId == key.Id) is { } rotation
        && keys.TryGetValue(rotation.OldKeyId, out var old)
        && keys.TryGetValue(rotation.NewKeyId, out var replacement)
            ? [old, replacement]
            : [key];
}
