using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Endpoints;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage;

namespace PostmanDashboard.ApiKeys;

public static class ApiKeySetup
{
    public static void AddApiKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<KeyNotices>();
        builder.Services.AddSingleton<ApiKeyService>();
        builder.Services.AddSingleton<ApiKeyVerifier>();
        builder.Services.AddSingleton<DeadKeyNotices>();
        builder.Services.AddSingleton<UsageWriter>();
        builder.Services.AddSingleton<ApiKeyUsage>();
        builder.Services.AddSingleton<KeyEvidence>();
        builder.Services.AddSingleton<UsageCleanUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ApiKeyUsage>());
        builder.Services.AddBearer();
        builder.Services.AddTrial();
    }

    public static void MapApiKeys(this WebApplication app) => app.MapApiKeyEndpoints();
}
