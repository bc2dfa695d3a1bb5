using Microsoft.Extensions.Options;
using MudBlazor.Services;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Shell.Hosting;

public static class ShellSetup
{
    public static void AddShell(this WebApplicationBuilder builder)
    {
        builder.AddLog();
        builder.AddSettings<DisplayOptions>(DisplayOptions.Section);
        builder.AddSettings<PublicOptions>(PublicOptions.Section)
            .Validate(
                reached => builder.Environment.IsDevelopment() || !string.IsNullOrEmpty(reached.BaseUrl),
                "Public:BaseUrl is not set, so links in mails would lead nowhere. Name the address at which people open the dashboard, like " +
                    "https://postman.agency.gov.sg.");
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<DisplayOptions>>().Value.FindZone()!);
        builder.Services.AddSingleton<AgencyTime>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddSingleton<OwnOrigins>();
        builder.Services.AddMudServices();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton<IHttpContextFactory, SecretPaths>();
        builder.AddTrustedProxies();
        builder.AddRequestLimits();
        builder.AddHostCookies();
        builder.AddApi();
        builder.AddSecurityHeaders();
        builder.AddCompression();
    }

    public static void UseShell(this WebApplication app)
    {
        app.UseAnswersBeforeDisconnecting();
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseHostFilter();
        app.UseOriginGate();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(StatusPages.ErrorPage, createScopeForErrors: true);
        }

        app.UseStatusPages();
        app.UseApiErrors();
        app.UseRequestLimits();
    }

    /// <typeparam name="TApp">The document around all pages.</typeparam>
    public static void MapShell<TApp>(this WebApplication app)
    {
        app.UseReadableForms();
        app.UseAntiforgery();
        app.UseStaleFormPage();
        app.MapStaticAssets();
        var pages = app.MapRazorComponents<TApp>().AddInteractiveServerRenderMode(
            // A circuit shows tokens: what it sends has no length that depends on what else is in it.
            circuit => circuit.DisableWebSocketCompression = true);
        pages.RequireAuthorization(Policies.SignedIn);
        pages.AnswerHead();
        pages.SkipStatusCodePagesForCircuits();
        app.MapApiDescription();
    }
}
