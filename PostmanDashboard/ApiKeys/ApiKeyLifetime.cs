using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys;

/// <summary>How long an account wants a new key to live. Six months is the most that there is.</summary>
public enum ApiKeyLifetime
{
    Days30,
    Days60,
    Days90,
    SixMonths,
}

public static class ApiKeyLifetimes
{
    /// <summary>The choice as people read it: <c>30 days</c>, <c>6 months</c>.</summary>
    public static string InWords(this ApiKeyLifetime lifetime) => lifetime switch
    {
        ApiKeyLifetime.Days30 => "30 days",
        ApiKeyLifetime.Days60 => "60 days",
        ApiKeyLifetime.Days90 => "90 days",
        ApiKeyLifetime.SixMonths => "6 months",
        _ => throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, null),
    };

    /// <summary>The instant from which on a key that is made now is dead.</summary>
    public static DateTimeOffset EndsAt(this ApiKeyLifetime lifetime, DateTimeOffset now, DateTimeZone zone) => lifetime switch
    {
        ApiKeyLifetime.Days30 => AgencyCalendar.AddDays(now, 30, zone),
        ApiKeyLifetime.Days60 => AgencyCalendar.AddDays(now, 60, zone),
        ApiKeyLifetime.Days90 => AgencyCalendar.AddDays(now, 90, zone),
        ApiKeyLifetime.SixMonths => ApiKey.LatestExpiry(now, zone),
        _ => throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, null),
    };
}
