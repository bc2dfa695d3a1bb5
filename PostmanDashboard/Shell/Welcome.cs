using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PostmanDashboard.Shell;

/// <summary>What the console says once the dashboard answers: where to go, and how to sign in.</summary>
public static class Welcome
{
    public static async Task WelcomeAsync(this WebApplication app)
    {
        if (Address(app) is not { } address)
        {
            return;
        }

        await Console.Out.WriteLineAsync($"Postman Dashboard is ready. Open {address} in a browser. Ctrl+C stops it.");
        if (app.Environment.IsDevelopment())
        {
            await Console.Out.WriteLineAsync($"Sign in with any address; the code is at {address}/dev/mail");
        }
    }

    /// <returns>The first address as a browser on this machine opens it (none opens http://[::]:5080). Null for a server in memory.</returns>
    private static string? Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .TrimEnd('/');
}
