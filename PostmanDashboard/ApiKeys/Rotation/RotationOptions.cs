using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>When an old key counts as left behind.</summary>
public sealed class RotationOptions
{
    public const string Section = "Rotation";

    /// <summary>How long an old key must not have been used, once the new one is, until it is safe to delete.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true,
        ErrorMessage = "Rotation:QuietFor must be from 01:00:00 (an hour) to 30.00:00:00 (30 days).")]
    public TimeSpan QuietFor { get; set; }

    /// <summary>Whether it says what it looks like: .NET reads 24:00:00, which looks like 24 hours, as 24 days.</summary>
    public static bool IsUnambiguous(string? configured) =>
        configured?.Split(':') is not [var first, _, ..]
        || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
        || hours < 24;
}
