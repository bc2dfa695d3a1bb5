using NodaTime;

namespace PostmanDashboard.ApiKeys.Expiry;

/// <summary>When a new key is to expire, as an account chooses it.</summary>
/// <param name="Lifetime">Null where it ends on a date.</param>
/// <param name="LastDay">The date, also while another choice is made. Null while none was entered.</param>
public sealed record ExpiryChoice(ApiKeyLifetime? Lifetime, DateOnly? LastDay = null)
{
    public static implicit operator ExpiryChoice(ApiKeyLifetime lifetime) => new(lifetime);

    public static ExpiryChoice On(DateOnly day) => new(Lifetime: null, day);

    /// <returns>What to change. Null where nothing is the matter with it.</returns>
    public string? FindProblem(DateTimeOffset now, DateTimeZone zone) => Lifetime is null ? ExpiryDay.FindProblem(LastDay, now, zone) : null;

    /// <summary>The instant from which on a key that is made now is dead.</summary>
    /// <remarks>Of one that has no problem.</remarks>
    public DateTimeOffset EndsAt(DateTimeOffset now, DateTimeZone zone) => Lifetime?.EndsAt(now, zone) ?? ExpiryDay.EndOf(LastDay!.Value, now, zone);
}
