namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test with another program's reading of a calendar: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CalendarFactAttribute : FactAttribute
{
    public CalendarFactAttribute() => Skip = TestTools.WhyNoCalendarParser;
}
