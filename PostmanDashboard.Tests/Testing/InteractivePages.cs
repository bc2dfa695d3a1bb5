using System.Text;
using Microsoft.Playwright;

namespace PostmanDashboard.Tests.Testing;

/// <summary>Opens pages of Interactive Server so that the first click isn't lost on the prerendered page.</summary>
public static class InteractivePages
{
    private const string FirstRender = "OnRenderCompleted";

    /// <summary>Goes to <paramref name="path"/> and waits until Blazor's circuit has rendered it.</summary>
    public static Task OpenInteractiveAsync(this IPage page, string path) => page.WhileBecomingInteractiveAsync(() => page.GotoAsync(path));

    /// <summary>Does what leads to an interactive page, and waits until Blazor's circuit has rendered it.</summary>
    public static async Task WhileBecomingInteractiveAsync(this IPage page, Func<Task> lead)
    {
        var rendered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += Listen;
        await lead();
        await rendered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        page.WebSocket -= Listen;

        void Listen(object? sender, IWebSocket circuit) => circuit.FrameSent += (_, frame) =>
        {
            // The browser confirms each batch that it has drawn.
            if (Encoding.UTF8.GetString(frame.Binary ?? []).Contains(FirstRender, StringComparison.Ordinal))
            {
                rendered.TrySetResult();
            }
        };
    }
}
