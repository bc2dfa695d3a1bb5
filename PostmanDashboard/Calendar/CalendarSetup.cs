using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.Calendar;

public static class CalendarSetup
{
    /// <summary>Where a request for a calendar arrives, without the secret of its address.</summary>
    internal const string Inside = $"{PageRoutes.Calendar}/hidden.ics";

    public static void AddCalendar(this IServiceCollection services)
    {
        services.AddSingleton<CalendarFeeds>();
        services.AddSingleton<ExpiryCalendar>();
        services.AddSingleton(new SecretPath($"{PageRoutes.Calendar}/", Inside));
    }
}
