using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace PostmanDashboard.Shell.Time;

/// <summary>How people see times.</summary>
public sealed class DisplayOptions : IValidatableObject
{
    public const string Section = "Display";

    /// <summary>The agency's zone by its name in the IANA database. Calendar months are counted in it too.</summary>
    public required string TimeZone { get; set; }

    /// <summary>What people call a zone, by its IANA name. A zone without an entry is shown by its distance from UTC.</summary>
    public Dictionary<string, string> TimeZoneNames { get; } = [];

    /// <returns>Null when no zone has that name, in whatever case.</returns>
    public DateTimeZone? FindZone() => DateTimeZoneProviders.Tzdb.Ids
        .Where(id => id.Equals(TimeZone, StringComparison.OrdinalIgnoreCase)).Select(id => DateTimeZoneProviders.Tzdb[id]).FirstOrDefault();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FindZone() is null)
        {
            yield return new ValidationResult(
                $"Display:TimeZone is “{TimeZone}”, which isn't a known time zone. Use a name like Asia/Singapore or Europe/Paris.");
        }
    }
}
