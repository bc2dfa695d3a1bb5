namespace PostmanDashboard.Overview;

public static class OverviewSetup
{
    public static void AddOverview(this IServiceCollection services) => services.AddSingleton<AccountOverview>();
}
