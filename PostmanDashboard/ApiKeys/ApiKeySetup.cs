using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Bearer.Cache;
using PostmanDashboard.ApiKeys.Bulk;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Endpoints;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Page;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Reissue;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.ApiKeys;

public static class ApiKeySetup
{
    public static void AddApiKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ApiKeyOptions>(configuration, ApiKeyOptions.Section);
        services.AddSettings<RotationOptions>(configuration, RotationOptions.Section)
            .Validate(
                _ => RotationOptions.IsUnambiguous(configuration["Rotation:QuietFor"]),
                "Rotation:QuietFor begins with more than 23 hours, which .NET reads as days. Write days first: 1.00:00:00 is 24 hours.");
        services.AddSingleton<UpgradeRows>(StoredLabels.CleanAsync);
        services.AddSingleton<KeyNotices>();
        services.AddSingleton<ApiKeyIssuer>();
        services.AddSingleton<ApiKeyService>();
        services.AddSingleton<AccessChanges>();
        services.AddSingleton<AccessDefault>();
        services.AddSingleton<KeyPauses>();
        services.AddSingleton<KeyEditor>();
        services.AddSingleton<NetworkChanges>();
        services.AddSingleton<BulkChanges>();
        services.AddSingleton<KeyRotations>();
        services.AddSingleton<RotationReport>();
        services.AddSingleton<GoneCallers>();
        services.AddSingleton<AutoDeleteNotices>();
        services.AddSingleton<AutoDeleteSweep>();
        services.AddSingleton<RotationChoices>();
        services.AddSingleton<KeyDeletion>();
        services.AddSingleton<DeletionRisks>();
        services.AddSingleton<KeyCache>();
        services.AddSingleton<ApiKeyVerifier>();
        services.AddSingleton<TokenReissue>();
        services.AddSingleton<KeyHistory>();
        services.AddSingleton<KeyActivity>();
        services.AddSingleton<KeyReport>();
        services.AddScoped<KeyDialogs>();
        services.AddSingleton<KeyCheckLimit>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<DeadKeyNotices>();
        services.AddSingleton<CallWriter>();
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<KeyUsageReport>();
        services.AddSingleton<UsageCleanUp>();
        services.AddHostedService(provider => provider.GetRequiredService<CallRecorder>());
        services.AddBearer();
        services.AddTrial();
    }

    public static void MapApiKeys(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapApiKeyEndpoints();
        endpoints.MapKeyCheck();
    }
}
