using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Live;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Shell.Hosting;

public static class ShellSetup
{
    public static void AddShell(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLog();
        services.AddSettings<DisplayOptions>(configuration, DisplayOptions.Section);
        services.AddSettings<PublicOptions>(configuration, PublicOptions.Section)
            .Validate<IHostEnvironment>(
                (reached, environment) => environment.IsDevelopment() || !string.IsNullOrEmpty(reached.BaseUrl),
                "Public:BaseUrl is not set, so links in mails would lead nowhere. Name the address at which people open the dashboard, like " +
                    "https://postman.agency.gov.sg.");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<DisplayOptions>>().Value.FindZone()!);
        services.AddSingleton<AgencyTime>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<OwnOrigins>();
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddScoped<Drafts>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddSingleton<IHttpContextFactory, SecretPaths>();
        services.AddTrustedProxies(configuration);
        services.AddRequestLimits();
        services.AddHostCookies(configuration);
        services.AddApi();
        services.AddSecurityHeaders(configuration);
        services.AddCompression();
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
            app.UseExceptionHandler(PageRoutes.Error, createScopeForErrors: true);
        }

        app.UseStatusPages();
        app.UseApiErrors();
        app.UseRequestLimits();
    }

    /// <summary>What a form of a page must be before the page gets it. Call this once it is known who sent it.</summary>
    public static void UseForms(this WebApplication app)
    {
        app.UseReadableForms();
        app.UseAntiforgery();
        app.UseStaleFormPage();
    }

    /// <typeparam name="TApp">The document around all pages.</typeparam>
    public static void MapShell<TApp>(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets();
        var pages = endpoints.MapRazorComponents<TApp>().AddInteractiveServerRenderMode(
            // A circuit shows tokens: what it sends has no length that depends on what else is in it.
            circuit => circuit.DisableWebSocketCompression = true);
        pages.RequireAuthorization(Policies.SignedIn);
        pages.AnswerHead();
        pages.SkipStatusCodePagesForCircuits();
        endpoints.MapApiDescription();
    }
}
