using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PostmanDashboard.Jobs;

/// <summary>When background jobs run.</summary>
public sealed class JobOptions : IValidatableObject
{
    public const string Section = "Jobs";

    /// <summary>False where nothing is to run in the background: no reminder is looked for then, and nothing in the outbox is sent.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often reminders are looked for: whole minutes that divide an hour, 1 to 60.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The same in cron's five fields.</summary>
    internal string SweepCron => SweepEvery == TimeSpan.FromHours(1)
        ? "0 * * * *"
        : string.Create(CultureInfo.InvariantCulture, $"*/{SweepEvery.TotalMinutes:0} * * * *");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SweepEvery < TimeSpan.FromMinutes(1) || SweepEvery.Ticks % TimeSpan.TicksPerMinute != 0 || TimeSpan.TicksPerHour % SweepEvery.Ticks != 0)
        {
            yield return new ValidationResult(
                $"Jobs:SweepEvery is {SweepEvery}; use whole minutes that divide an hour, such as 00:01:00, 00:05:00 or 00:30:00.");
        }
    }
}
