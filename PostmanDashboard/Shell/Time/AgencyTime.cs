using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;

namespace PostmanDashboard.Shell.Time;

/// <summary>Writes instants the way people of the agency read them: in their zone, with its name, and how far from now.</summary>
public sealed class AgencyTime(DateTimeZone zone, IOptions<DisplayOptions> options)
{
    public DateTimeZone Zone => zone;

    /// <summary><c>23 May 2027, 09:00 SGT</c></summary>
    public string Format(DateTimeOffset instant) => $"{FormatDate(instant)}, {FormatTimeOfDay(instant)}";

    /// <summary><c>23 May 2027</c></summary>
    public string FormatDate(DateTimeOffset instant) => Local(instant, "d MMM yyyy");

    /// <summary><c>09:00 SGT</c></summary>
    public string FormatTimeOfDay(DateTimeOffset instant) => $"{Local(instant, "HH:mm")} {ZoneName(instant)}";

    private string Local(DateTimeOffset instant, string format) =>
        AgencyCalendar.ToLocal(instant, zone).ToString(format, CultureInfo.InvariantCulture);

    private string ZoneName(DateTimeOffset instant) =>
        options.Value.TimeZoneNames.TryGetValue(zone.Id, out var name)
            ? name
            : Local(instant, "'UTC'zzz");
}
