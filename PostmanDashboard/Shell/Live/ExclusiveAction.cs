namespace PostmanDashboard.Shell.Live;

/// <summary>What a button does: one click at a time, and a failure becomes a sentence for whoever clicked.</summary>
public sealed class ExclusiveAction
{
    /// <summary>While this is true, its buttons are disabled.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What went wrong the last time. Null when nothing did.</summary>
    public string? Problem { get; set; }

    /// <summary>Does nothing while another click is being answered: it may be on its way already when the first one disables the button.</summary>
    /// <param name="otherwise">What is said when <paramref name="action"/> throws.</param>
    public async Task RunAsync(Func<Task> action, ILogger logger, string otherwise)
    {
        if (IsBusy)
        {
            return;
        }

        (IsBusy, Problem) = (true, null);
        try
        {
            await action();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "An action failed: {Told}", otherwise);
            Problem = otherwise;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
