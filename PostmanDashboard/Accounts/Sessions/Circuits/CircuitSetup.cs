using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

internal static class CircuitSetup
{
    public static void AddCircuitSessions(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<CircuitGate>();
        services.AddScoped<CircuitHandler, CircuitOwner>();
        services.AddScoped<AuthenticationStateProvider, CircuitUser>();
        services.AddHostedService<CircuitWatch>();
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(circuits => circuits.AddFilter<CircuitGate>());
    }
}
