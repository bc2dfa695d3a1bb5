using Microsoft.Extensions.Options;
using MudBlazor.Services;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Shell;

public static class ShellSetup
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<DisplayOptions>().BindConfiguration(DisplayOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton(services =>
            TimeZoneInfo.FindSystemTimeZoneById(services.GetRequiredService<IOptions<DisplayOptions>>().Value.TimeZone));
        builder.Services.AddSingleton<AgencyTime>();
        builder.Services.AddMudServices();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.AddApi();
    }

    public static void UseShell(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        }

        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseApiErrors();
    }

    public static void MapShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireSignInForCircuits();
        app.MapApiDescription();
    }
}
