namespace PostmanDashboard.Tests.Testing;

/// <summary>A test in a browser: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = TestTools.WhyNoBrowser;
}
