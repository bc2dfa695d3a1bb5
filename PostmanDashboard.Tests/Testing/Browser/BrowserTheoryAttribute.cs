using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>A test in a browser with data: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = TestTools.WhyNoBrowser;
}
