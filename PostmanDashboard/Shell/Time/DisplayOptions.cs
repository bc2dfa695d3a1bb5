using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Shell.Time;

/// <summary>How people see times.</summary>
public sealed class DisplayOptions : IValidatableObject
{
    public const string Section = "Display";

    /// <summary>The agency's zone by its name in the IANA database. Calendar months are counted in it too.</summary>
    public required string TimeZone { get; set; }

    /// <summary>What people call a zone, by its IANA name. A zone without an entry is shown by its distance from UTC.</summary>
    public Dictionary<string, string> TimeZoneNames { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone ?? "", out _))
        {
            yield return new ValidationResult(
                $"Display:TimeZone is “{TimeZone}”, which this machine doesn't know. Use a name like Asia/Singapore or Europe/Paris.");
        }
    }
}
