using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Endpoints;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.ApiKeys;

public static class ApiKeySetup
{
    public static void AddApiKeys(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ApiKeyOptions>(ApiKeyOptions.Section);
        builder.AddSettings<RotationOptions>(RotationOptions.Section)
            .Validate(
                _ => RotationOptions.IsUnambiguous(builder.Configuration["Rotation:QuietFor"]),
                "Rotation:QuietFor begins with more than 23 hours, which .NET reads as days. Write days first: 1.00:00:00 is 24 hours.");
        builder.Services.AddSingleton<UpgradeRows>(StoredLabels.CleanAsync);
        builder.Services.AddSingleton<KeyNotices>();
        builder.Services.AddSingleton<ApiKeyIssuer>();
        builder.Services.AddSingleton<ApiKeyService>();
        builder.Services.AddSingleton<KeyRotations>();
        builder.Services.AddSingleton<RotationReport>();
        builder.Services.AddSingleton<GoneCallers>();
        builder.Services.AddSingleton<DeletionRisks>();
        builder.Services.AddSingleton<ApiKeyVerifier>();
        builder.Services.AddSingleton<TokenReissue>();
        builder.Services.AddSingleton<KeyHistory>();
        builder.Services.AddSingleton<KeyCheckLimit>();
        builder.Services.AddSingleton<KeyCheck>();
        builder.Services.AddSingleton<DeadKeyNotices>();
        builder.Services.AddSingleton<CallWriter>();
        builder.Services.AddSingleton<CallRecorder>();
        builder.Services.AddSingleton<KeyUsageReport>();
        builder.Services.AddSingleton<UsageCleanUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CallRecorder>());
        builder.Services.AddBearer();
        builder.Services.AddTrial();
    }

    public static void MapApiKeys(this WebApplication app)
    {
        app.MapApiKeyEndpoints();
        app.MapKeyCheck();
    }
}
