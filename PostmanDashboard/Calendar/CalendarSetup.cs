namespace PostmanDashboard.Calendar;

public static class CalendarSetup
{
    public static void AddCalendar(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarFeeds>();
        builder.Services.AddSingleton<ExpiryCalendar>();
        builder.Services.AddSingleton<IHttpContextFactory, CalendarDoor>();
    }
}
