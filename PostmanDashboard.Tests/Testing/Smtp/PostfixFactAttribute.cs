using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A test with a real Postfix, which only root starts: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute() => Skip = TestTools.WhyNoMailServer ?? TestTools.WhyNoPostfix;
}
