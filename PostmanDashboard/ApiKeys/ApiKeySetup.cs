namespace PostmanDashboard.ApiKeys;

public static class ApiKeySetup
{
    public static void AddApiKeys(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<ApiKeyService>();
        builder.Services.AddSingleton<ApiKeyVerifier>();
    }

    public static void MapApiKeys(this WebApplication app)
    {
    }
}
