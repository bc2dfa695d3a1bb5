using NodaTime;
using PostmanDashboard.ApiKeys.Networks;

namespace PostmanDashboard.ApiKeys;

/// <summary>What may be shown of keys at a moment, and in which order.</summary>
internal static class ApiKeySummaries
{
    /// <param name="key">With its contacts.</param>
    public static ApiKeySummary Of(ApiKey key, DateTimeOffset now, DateTimeZone zone) => new(
        key.Id,
        key.Label,
        key.Hint,
        [.. key.Contacts.OrderBy(contact => contact.Position).Select(contact => contact.Address)],
        key.CreatedAt,
        key.LastKnownUseAt,
        key.LastUsedFrom,
        key.ExpiresAt,
        key.StatusAt(now, zone))
    {
        LastUsedBy = key.LastUsedBy,
        Access = key.Access,
        Networks = NetworkList.FromStored(key.Networks),
        PausedAt = key.PausedAt,
        Note = key.Note,
        Owner = key.Owner,
    };

    /// <returns>Those about to expire first, then the other live ones, newest first, then the expired.</returns>
    public static IReadOnlyList<ApiKeySummary> InOrder(IEnumerable<ApiKey> keys, DateTimeOffset now, DateTimeZone zone) =>
        [.. keys.Select(key => Of(key, now, zone)).OrderBy(Urgency).ThenBy(RankWithinUrgency)];

    private static int Urgency(ApiKeySummary key) => key.Status switch
    {
        ApiKeyStatus.Expiring => 0,
        ApiKeyStatus.Expired => 2,
        _ => 1,
    };

    /// <summary>The soonest expiry first among the expiring; the latest expiry among the expired and the newest among the live.</summary>
    private static long RankWithinUrgency(ApiKeySummary key) => key.Status switch
    {
        ApiKeyStatus.Expiring => key.ExpiresAt.UtcTicks,
        ApiKeyStatus.Expired => -key.ExpiresAt.UtcTicks,
        _ => -key.CreatedAt.UtcTicks,
    };
}
