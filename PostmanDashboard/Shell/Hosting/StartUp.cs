using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>Starts the process, or says in one line why it can't.</summary>
public static class StartUp
{
    /// <summary>The exit code of a process that could not do what it was asked.</summary>
    public const int Failed = 1;

    /// <param name="prepare">What must have succeeded before anything is served, once the settings are known to be right.</param>
    /// <returns>The exit code of the process: 0 after an orderly stop, 1 when it could not start.</returns>
    public static async Task<int> RunOrExplainAsync(this WebApplication app, Func<Task> prepare)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            await prepare();
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Someone stopped it before it was ready, which is no failure.
            return 0;
        }
        catch (Exception failure) when (app.Explain(failure) is { } explanation)
        {
            return Refuse(explanation);
        }

        await app.WelcomeAsync();
        await app.WaitForEndAsync();
        return 0;
    }

    private static async Task WaitForEndAsync(this WebApplication app)
    {
        var throttle = app.Services.GetRequiredService<LogThrottle>();
        var consoles = app.Services.GetServices<ILoggerProvider>().OfType<ConsoleLoggerProvider>().ToList();
        await app.WaitForShutdownAsync();
        // What was only counted is still said, and the console, which writes behind, is waited for.
        throttle.Dispose();
        consoles.ForEach(console => console.Dispose());
    }

    /// <returns>The exit code.</returns>
    internal static int Refuse(string explanation)
    {
        Console.Error.WriteLine($"Postman Dashboard can't start. {explanation}");
        return Failed;
    }
}
