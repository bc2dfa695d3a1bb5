using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PostmanDashboard.Shell;

/// <summary>What the console says once the dashboard answers: where to go, and how to sign in.</summary>
public static class Welcome
{
    public static async Task WelcomeAsync(this WebApplication app)
    {
        var address = Address(app);
        await Console.Out.WriteLineAsync($"Postman Dashboard is ready. Open {address} in a browser. Ctrl+C stops it.");
        if (app.Environment.IsDevelopment())
        {
            await Console.Out.WriteLineAsync($"Sign in with any address; the code is at {address}/dev/mail");
        }
    }

    /// <summary>The first address, as a browser on this machine can open it: nobody can open http://[::]:5080.</summary>
    private static string Address(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return address.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
