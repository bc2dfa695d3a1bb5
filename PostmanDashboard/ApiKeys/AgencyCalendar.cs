namespace PostmanDashboard.ApiKeys;

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

    private static DateTime ToLocal(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <remarks>
    /// A time that the clocks skip becomes the first instant after the gap's same distance; of a time that they show twice,
    /// the first is meant. So the answer exists always, and once.
    /// </remarks>
    private static DateTimeOffset FromLocal(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Max()).ToUniversalTime();
        }

        // In a gap, the offset of before the change moves the time forward by the length of the gap, as a clock left unchanged would show it.
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1)) : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
