namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test that needs something beside the SDK: skipped, with the reason, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(Needs needs) => (Needs, Skip) = (needs, TestTools.WhySkip(needs));

    public Needs Needs { get; }
}
