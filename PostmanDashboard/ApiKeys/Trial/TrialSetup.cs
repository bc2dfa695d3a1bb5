namespace PostmanDashboard.ApiKeys.Trial;

internal static class TrialSetup
{
    public static void AddTrial(this IServiceCollection services)
    {
        services.AddSingleton<TrialMark>();
        services.AddSingleton<TrialMail>();
        services.AddHttpClient(TrialMail.HttpClientName, client =>
            {
                client.Timeout = TrialMail.Patience;
                client.MaxResponseContentBufferSize = 1024 * 1024;
            })
            // The headers of these calls hold a key, which goes to this very process and into no log.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    }
}
