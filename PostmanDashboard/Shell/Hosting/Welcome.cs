using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>A line of a feature's own for the console, once the dashboard answers.</summary>
/// <param name="address">What is listened at, without a slash at its end.</param>
/// <returns>Null where there is nothing to say.</returns>
public delegate string? WelcomeLine(string address);

/// <summary>What the console says once the dashboard answers: where to go, and how to sign in.</summary>
public static class Welcome
{
    public static async Task WelcomeAsync(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        if (address.Listening is null)
        {
            return;
        }

        await Console.Out.WriteLineAsync($"Postman Dashboard is ready. Open {address.Root} in a browser. Ctrl+C stops it.");
        foreach (var line in app.Services.GetServices<WelcomeLine>().Select(write => write(address.Listening)).OfType<string>())
        {
            await Console.Out.WriteLineAsync(line);
        }
    }
}
