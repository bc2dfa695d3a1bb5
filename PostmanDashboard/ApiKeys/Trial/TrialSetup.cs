namespace PostmanDashboard.ApiKeys.Trial;

internal static class TrialSetup
{
    public static void AddTrial(this IServiceCollection services)
    {
        services.AddSingleton<SelfCallMarker>();
        services.AddSingleton<KeyTestMail>();
        services.AddSingleton<FirstCallReport>();
        services.AddSingleton<KeyTestRecord>();
        services.AddHttpClient(KeyTestMail.HttpClientName, client =>
            {
                client.Timeout = KeyTestMail.Patience;
                client.MaxResponseContentBufferSize = 1024 * 1024;
            })
            // The headers of these calls hold a key, which goes to this very process and into no log.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    }
}
