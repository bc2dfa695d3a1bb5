using NodaTime;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>When the contacts of a key are reminded that it expires: at the same local time of day as the expiry, in the agency's zone.</summary>
public static class ReminderSchedule
{
    /// <returns>Every stage with the instant at which it is due, soonest first, without those already past at <paramref name="now"/>.</returns>
    public static IEnumerable<(ReminderStage Stage, DateTimeOffset DueAt)> Upcoming(DateTimeOffset expiresAt, DateTimeOffset now, DateTimeZone zone) =>
        Enum.GetValues<ReminderStage>()
            .Select(stage => (Stage: stage, DueAt: DueAt(stage, expiresAt, zone)))
            .Where(planned => planned.DueAt > now);

    public static DateTimeOffset DueAt(ReminderStage stage, DateTimeOffset expiresAt, DateTimeZone zone) => stage switch
    {
        ReminderStage.OneMonth => AgencyCalendar.AddMonths(expiresAt, -1, zone),
        ReminderStage.TwoWeeks => AgencyCalendar.AddDays(expiresAt, -14, zone),
        ReminderStage.ThreeDays => AgencyCalendar.AddDays(expiresAt, -3, zone),
        ReminderStage.OneDay => AgencyCalendar.AddDays(expiresAt, -1, zone),
        ReminderStage.Expired => expiresAt,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
