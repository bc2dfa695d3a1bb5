using NodaTime;

namespace PostmanDashboard.Shell.Time;

/// <summary>Arithmetic with calendar months and days as the people of an agency count them: by the clock on their wall.</summary>
/// <remarks>Where clocks change, by the rule of <see cref="DateTimeZone.AtLeniently"/>: there is an answer always, and one.</remarks>
public static class AgencyCalendar
{
    /// <summary>
    /// The same local time so many months on (or back, when negative), on the month's last day where the month is too short:
    /// 31 August and six months is 28 or 29 February.
    /// </summary>
    public static DateTimeOffset AddMonths(DateTimeOffset instant, int months, DateTimeZone zone) =>
        ToInstant(LocalTime(instant, zone).PlusMonths(months), zone);

    /// <summary>The same local time so many days on (or back, when negative): 23 or 25 hours for a day on which clocks change.</summary>
    public static DateTimeOffset AddDays(DateTimeOffset instant, int days, DateTimeZone zone) =>
        ToInstant(LocalTime(instant, zone).PlusDays(days), zone);

    /// <summary>The day that it is in the zone at that instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, DateTimeZone zone) => LocalTime(instant, zone).Date.ToDateOnly();

    /// <summary>The first instant of a day.</summary>
    public static DateTimeOffset StartOf(DateOnly day, DateTimeZone zone) => ToInstant(LocalDate.FromDateOnly(day).AtMidnight(), zone);

    /// <summary>The same instant, with the time and the distance from UTC that clocks in the zone show.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset();

    private static LocalDateTime LocalTime(DateTimeOffset instant, DateTimeZone zone) => Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime;

    private static DateTimeOffset ToInstant(LocalDateTime local, DateTimeZone zone) => zone.AtLeniently(local).ToInstant().ToDateTimeOffset();
}
