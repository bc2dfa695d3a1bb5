using Bunit;
using MudBlazor.Services;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Components;

/// <summary>bUnit with MudBlazor registered.</summary>
public abstract class MudTestContext : BunitContext, IAsyncLifetime
{
    /// <summary>A busy machine needs more than bUnit's second until a component has drawn what it loads.</summary>
    static MudTestContext() => DefaultWaitTimeout = Patience.Limit;

    protected MudTestContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // Some MudBlazor services can only be disposed asynchronously; xunit 2 does that through IAsyncLifetime.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
