namespace PostmanDashboard.Shell.Hosting;

/// <summary>What came of a word of the command line.</summary>
/// <param name="Text">One sentence or more: what was done, or why it wasn't.</param>
public sealed record CommandResult(bool Succeeded, string Text);

/// <summary>Runs a word of the command line in place of the server, and says what came of it.</summary>
public static class CommandRun
{
    /// <returns>The exit code of the process: 0, or 1 when it failed.</returns>
    public static async Task<int> RunCommandAsync(this WebApplication app, string word, Func<Task<CommandResult>> run)
    {
        CommandResult result;
        try
        {
            result = await run();
        }
        catch (Exception failure) when (app.Explain(failure) is { } explanation)
        {
            result = new CommandResult(false, explanation);
        }

        await (result.Succeeded ? Console.Out : Console.Error).WriteLineAsync(result.Succeeded ? result.Text : $"{word} failed. {result.Text}");
        return result.Succeeded ? 0 : StartUp.Failed;
    }
}
