using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.Shell.Live;

/// <summary>A component that loads what it shows, asks nothing any more once it is gone, and knows when loading failed (<see cref="LoadFailure"/>).</summary>
public abstract class CancellableComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource closed = new();

    // Taken at once: a source that was disposed of gives none any more, and a dialog may outlive the component that opened it.
    protected CancellableComponent() => Closed = closed.Token;

    /// <summary>Cancelled once the component is gone.</summary>
    protected CancellationToken Closed { get; }

    /// <summary>Whether the last <see cref="LoadAsync"/> failed: what is shown, if anything, may be out of date.</summary>
    protected bool HasLoadFailed { get; private set; }

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            closed.Cancel();
            closed.Dispose();
        }
    }

    /// <summary>Loads, and keeps a failure from ending the circuit: it is logged, and <see cref="HasLoadFailed"/> is true until loading succeeds.</summary>
    protected async Task LoadAsync(Func<Task> load)
    {
        // A dialog may outlive the component that opened it, for example when the session ends meanwhile.
        if (Closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await load();
            HasLoadFailed = false;
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // Gone while it asked.
        }
        catch (Exception failure)
        {
            Loggers.CreateLogger(GetType()).LogError(failure, "What {Component} shows could not be loaded", GetType().Name);
            HasLoadFailed = true;
        }
    }
}
