using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Shell.Live;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Live;

public sealed class LiveComponentTests : MudTestContext
{
    [Fact]
    public void A_refresh_that_throws_is_not_a_secret()
    {
        var clock = TestClock.Create();
        Services.AddSingleton<TimeProvider>(clock);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var page = Render<ErrorBoundary>(parameters => parameters.AddChildContent<Broken>());
        Assert.DoesNotContain("blazor-error-boundary", page.Markup, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("blazor-error-boundary", page.Markup, StringComparison.Ordinal));
    }

    private sealed class Broken : LiveComponent
    {
        protected override TimeSpan RefreshedEvery => TimeSpan.FromSeconds(1);

        protected override Task RefreshAsync() => throw new InvalidOperationException("This was not expected.");
    }
}
