using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>A test in a browser: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = TestTools.WhyNoBrowser;
}
