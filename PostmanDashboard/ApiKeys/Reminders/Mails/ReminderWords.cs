using NodaTime;
using PostmanDashboard.Shell.Text;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>How long a key still lives, as its contacts read it. Never zero of anything.</summary>
public static class ReminderWords
{
    /// <summary>A month is a month although the sweep comes some minutes after its beginning.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    /// <summary><c>in 1 month</c>, <c>in 14 days</c>, <c>in 1 day</c>, <c>in 5 hours</c>, <c>in an hour or less</c>; days and
    /// hours begun count whole.</summary>
    /// <remarks>A reminder that comes late says what is so when it is written, not what its stage is called.</remarks>
    public static string UntilExpiry(DateTimeOffset expiresAt, DateTimeOffset now, DateTimeZone zone)
    {
        var left = expiresAt - now;
        // By the clock on the wall: three days are three days, also where one of them has 25 hours.
        var days = (int)Math.Ceiling((AgencyCalendar.ToLocal(expiresAt, zone).DateTime - AgencyCalendar.ToLocal(now, zone).DateTime).TotalDays);
        var sinceAMonthBefore = now - AgencyCalendar.AddMonths(expiresAt, -1, zone);
        return left.TotalHours switch
        {
            <= 1 => "in an hour or less",
            < 22 => $"in {Quantity.Format((int)Math.Ceiling(left.TotalHours), "hour")}",
            _ when sinceAMonthBefore.Duration() < Grace => "in 1 month",
            _ => $"in {Quantity.Format(days, "day")}",
        };
    }

    /// <summary>What a stage is called on the page.</summary>
    public static string InWords(this ReminderStage stage) => stage switch
    {
        ReminderStage.OneMonth => "1 month before",
        ReminderStage.TwoWeeks => "2 weeks before",
        ReminderStage.ThreeDays => "3 days before",
        ReminderStage.OneDay => "1 day before",
        ReminderStage.Expired => "At expiry",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
