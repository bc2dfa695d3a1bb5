using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.Shell.Live;

/// <summary>A component that brings what it shows up to date by itself while someone looks at it, and asks nothing any more once it is gone.</summary>
public abstract class LiveComponent : CancellableComponent
{
    private ITimer? timer;

    [Inject]
    protected TimeProvider Clock { get; private set; } = null!;

    protected abstract TimeSpan RefreshedEvery { get; }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            timer?.Dispose();
        }

        base.Dispose(isDisposing);
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
        if (Closed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await RefreshAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
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
