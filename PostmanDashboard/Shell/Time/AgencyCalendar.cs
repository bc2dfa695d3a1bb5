namespace PostmanDashboard.Shell.Time;

/// <summary>Arithmetic with calendar months and days as the people of an agency count them: by the clock on their wall.</summary>
public static class AgencyCalendar
{
    /// <summary>
    /// The same local time so many months on (or back, when negative), on the month's last day where the month is too short:
    /// 31 August and six months is 28 or 29 February.
    /// </summary>
    public static DateTimeOffset AddMonths(DateTimeOffset instant, int months, TimeZoneInfo zone) =>
        FromLocal(ToLocal(instant, zone).AddMonths(months), zone);

    /// <summary>The same local time so many days on (or back, when negative): 23 or 25 hours for a day on which clocks change.</summary>
    public static DateTimeOffset AddDays(DateTimeOffset instant, int days, TimeZoneInfo zone) =>
        FromLocal(ToLocal(instant, zone).AddDays(days), zone);

    /// <summary>The day that it is in the zone at that instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(ToLocal(instant, zone));

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => FromLocal(day.ToDateTime(TimeOnly.MinValue), zone);

    private static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <remarks>
    /// A time that the clocks skip moves on by as much as they skip; of a time that they show twice, the first is meant.
    /// So there is an answer always, and one. Found by looking at the zone from UTC, because <see cref="TimeZoneInfo.IsInvalidTime"/>
    /// and its like are wrong for zones whose winter time is the exception, as in Dublin.
    /// </remarks>
    private static DateTimeOffset FromLocal(DateTime local, TimeZoneInfo zone)
    {
        var before = new DateTimeOffset(local, OffsetAt(local.AddDays(-1), zone));
        var after = new DateTimeOffset(local, OffsetAt(local.AddDays(1), zone));
        var (first, second) = before < after ? (before, after) : (after, before);
        var found = ToLocal(first, zone) == local ? first : ToLocal(second, zone) == local ? second : before;
        return found.ToUniversalTime();
    }

    private static TimeSpan OffsetAt(DateTime utc, TimeZoneInfo zone) => zone.GetUtcOffset(new DateTimeOffset(utc, TimeSpan.Zero));
}
