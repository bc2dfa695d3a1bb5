namespace PostmanDashboard.Shell;

/// <summary>What the console says once the dashboard answers: where to go, and how to sign in.</summary>
public static class Welcome
{
    public static async Task WelcomeAsync(this WebApplication app)
    {
        if (app.Services.GetRequiredService<PublicAddress>().Listening is not { } address)
        {
            return;
        }

        await Console.Out.WriteLineAsync($"Postman Dashboard is ready. Open {address} in a browser. Ctrl+C stops it.");
        if (app.Environment.IsDevelopment())
        {
            await Console.Out.WriteLineAsync($"Sign in with any address; the code is at {address}/dev/mail");
        }
    }
}
