using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Shell.Time;

/// <summary>How long something is from now, rounded to whole units and never zero.</summary>
public static class RelativeTime
{
    /// <summary><c>in 6 months</c>, <c>in 23 days</c>, <c>in 5 hours</c>, <c>now</c>, <c>3 days ago</c>. Rounded to the nearest whole unit.</summary>
    /// <remarks>Days up to 60 of them, because that is where people count them; a month counts as 30.4 days.</remarks>
    public static string Format(DateTimeOffset instant, DateTimeOffset now)
    {
        var length = (instant - now).Duration();
        return length < TimeSpan.FromMinutes(1) ? "now" : instant > now ? $"in {FormatLength(length)}" : $"{FormatLength(length)} ago";
    }

    /// <summary><c>6 months</c>, <c>23 days</c>, <c>5 hours</c>, <c>1 minute</c>: never less.</summary>
    public static string FormatLength(TimeSpan length) => length switch
    {
        { TotalMinutes: < 59.5 } => Count(length.TotalMinutes, "minute"),
        { TotalHours: < 23.5 } => Count(length.TotalHours, "hour"),
        { TotalDays: < 60 } => Count(length.TotalDays, "day"),
        _ => Count(length.TotalDays / 30.4, "month"),
    };

    private static string Count(double amount, string unit) => Quantity.Format(Math.Max(1, (int)Math.Round(amount, MidpointRounding.AwayFromZero)), unit);
}
