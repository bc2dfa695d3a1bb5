namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test with the npm client of Postman: skipped, with the reason, where there is no Node.js or no client.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = TestTools.WhyNoNode;
}
