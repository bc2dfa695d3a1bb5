using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Settings;


namespace PostmanDashboard.Shell.Hosting;

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
        // Where a mail server is named, codes go there and not into the mailbox.
        if (app.Environment.IsDevelopment() && !app.Services.UsesSmtp())
        {
            await Console.Out.WriteLineAsync($"Sign in with any address; the code is at {address.Listening}/dev/mail");
        }
    }
}
