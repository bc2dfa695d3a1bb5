namespace PostmanDashboard.Shell.Charts;

/// <summary>What happened on one day of the agency's calendar, well and badly.</summary>
public sealed record DayCount(DateOnly Date, long Good, long Bad);
