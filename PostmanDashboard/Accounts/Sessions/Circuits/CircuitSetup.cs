using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

internal static class CircuitSetup
{
    public static void AddCircuitSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OpenCircuits>();
        builder.Services.AddSingleton<CircuitGate>();
        builder.Services.AddScoped<CircuitHandler, CircuitOwner>();
        builder.Services.AddScoped<AuthenticationStateProvider, CircuitUser>();
        builder.Services.AddHostedService<CircuitWatch>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(circuits => circuits.AddFilter<CircuitGate>());
    }
}
