using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>Takes the word of trusted proxies, and of nobody else, for where a call comes from and whether it came over HTTPS.</summary>
/// <remarks>
/// Not for the host's name (<c>X-Forwarded-Host</c>): proxies pass <c>Host</c> itself, and every name less that is believed can't be
/// forged.
/// </remarks>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<NetworkOptions>(configuration, NetworkOptions.Section);
        services.AddSingleton<UnlistedProxies>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<NetworkOptions>>(Trust);
    }

    /// <summary>Call this before everything that looks at a call.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Configuration.IsRequested(FixedSettings.TrustEverybody))
        {
            app.Logger.LogWarning(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED is ignored, because it would trust everybody. Name the proxies in front of the dashboard in " +
                    "Network:TrustedProxies instead.");
        }

        if (!app.Environment.IsDevelopment())
        {
            var unnamed = app.Services.GetRequiredService<UnlistedProxies>();
            // Before the headers of those that are named are taken away.
            app.Use((context, next) =>
            {
                unnamed.Look(context);
                return next(context);
            });
        }

        // Without a proxy not at all: to the middleware, a call over a Unix socket, which has no address, comes from a proxy.
        if (app.Configuration.GetSection($"{NetworkOptions.Section}:{nameof(NetworkOptions.TrustedProxies)}").GetChildren().Any())
        {
            app.UseForwardedHeaders();
        }
    }

    private static void Trust(ForwardedHeadersOptions forwarded, IOptions<NetworkOptions> network)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // As many hops as there are trusted proxies in a row, from ours outwards.
        forwarded.ForwardLimit = null;
        // By default the machine itself is trusted.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var trusted in network.Value.TrustedNetworks)
        {
            forwarded.KnownIPNetworks.Add(trusted);
        }
    }
}
