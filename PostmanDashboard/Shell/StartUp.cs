using Microsoft.Extensions.Options;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Hosting;

namespace PostmanDashboard.Shell;

/// <summary>Starts the process, or says in one line why it can't.</summary>
public static class StartUp
{
    /// <summary>The exit code of a process that could not do what it was asked.</summary>
    public const int Failed = 1;

    /// <returns>The exit code of the process: 0 after an orderly stop, 1 when it could not start.</returns>
    public static async Task<int> RunOrExplainAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.MigrateDatabaseAsync();
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Somebody stopped it before it was ready, which is no failure.
            return 0;
        }
        catch (Exception failure) when (app.Explain(failure) is { } explanation)
        {
            return Refuse(explanation);
        }

        await app.WelcomeAsync();
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <returns>The exit code.</returns>
    internal static int Refuse(string explanation)
    {
        Console.Error.WriteLine($"Postman Dashboard can't start. {explanation}");
        return Failed;
    }
}
