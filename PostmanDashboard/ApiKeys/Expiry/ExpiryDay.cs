using System.Globalization;
using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Expiry;

/// <summary>The last day of a new key, where its account chooses one instead of a length of life.</summary>
public static class ExpiryDay
{
    /// <summary>So that every page and mail names the day that was chosen, and not the one that begins at its end.</summary>
    private static readonly TimeSpan LastMinute = TimeSpan.FromMinutes(1);

    /// <summary>Tomorrow.</summary>
    public static DateOnly First(DateTimeOffset now, DateTimeZone zone) => AgencyCalendar.DayOf(now, zone).AddDays(1);

    /// <summary>The day in which six months are over.</summary>
    public static DateOnly Last(DateTimeOffset now, DateTimeZone zone) => AgencyCalendar.DayOf(ApiKey.LatestExpiry(now, zone), zone);

    /// <summary>23:59 of the day in the agency's zone, or the cap's time of day where that is earlier.</summary>
    public static DateTimeOffset EndOf(DateOnly day, DateTimeOffset now, DateTimeZone zone)
    {
        var (end, latest) = (AgencyCalendar.StartOf(day.AddDays(1), zone) - LastMinute, ApiKey.LatestExpiry(now, zone));
        return end < latest ? end : latest;
    }

    /// <returns>What to change. Null where a new key may end on that day.</returns>
    public static string? FindProblem(DateOnly? day, DateTimeOffset now, DateTimeZone zone)
    {
        var (first, last) = (First(now, zone), Last(now, zone));
        return day switch
        {
            null => $"Choose a date from {Format(first)} to {Format(last)}.",
            { } early when early < first => $"Choose {Format(first)} or later: a key works until the end of its last day.",
            { } late when late > last => $"Choose {Format(last)} or earlier: a key works for six months at most.",
            _ => null,
        };
    }

    public static string Format(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
