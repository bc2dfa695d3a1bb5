using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.Shell.Live;

/// <summary>A component that brings what it shows up to date by itself while someone looks at it, and asks nothing any more once it is gone.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private ITimer? timer;

    // Taken at once: a source that was disposed of gives none any more, and a dialog may outlive the component that opened it.
    protected LiveComponent() => Closed = closed.Token;

    [Inject]
    protected TimeProvider Clock { get; private set; } = null!;

    /// <summary>Cancelled once the component is gone.</summary>
    protected CancellationToken Closed { get; }

    protected abstract TimeSpan RefreshedEvery { get; }

    public void Dispose()
    {
        timer?.Dispose();
        closed.Cancel();
        closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called every <see cref="RefreshedEvery"/> while the component lives; it is rendered afterwards.</summary>
    protected abstract Task RefreshAsync();

    protected override void OnInitialized()
    {
        // The page that the server sends first is not looked at for long.
        if (RendererInfo.IsInteractive)
        {
            timer = Clock.CreateTimer(_ => _ = InvokeAsync(TickAsync), null, RefreshedEvery, RefreshedEvery);
        }
    }

    private async Task TickAsync()
    {
        if (closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await RefreshAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // Gone while it asked.
        }
        catch (Exception failure)
        {
            // The timer waits for nothing, so nobody would hear of it.
            await DispatchExceptionAsync(failure);
        }
    }
}
