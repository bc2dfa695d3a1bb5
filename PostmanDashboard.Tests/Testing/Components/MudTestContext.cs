using Bunit;
using MudBlazor.Services;

namespace PostmanDashboard.Tests.Testing.Components;

/// <summary>bUnit with MudBlazor registered.</summary>
public abstract class MudTestContext : BunitContext, IAsyncLifetime
{
    protected MudTestContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // Some MudBlazor services can only be disposed asynchronously; xunit 2 does that through IAsyncLifetime.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();
}
