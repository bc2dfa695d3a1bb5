using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.Calendar;

public static class CalendarSetup
{
    /// <summary>Where a request for a calendar arrives, without the secret of its address.</summary>
    internal const string Inside = "/calendar/hidden.ics";

    public static void AddCalendar(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarFeeds>();
        builder.Services.AddSingleton<ExpiryCalendar>();
        builder.Services.AddSingleton(new SecretPath("/calendar/", Inside));
    }
}
