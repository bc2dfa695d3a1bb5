namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test that runs examples in one language of the guide: skipped, with the reason, where nothing runs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuideFactAttribute : FactAttribute
{
    public GuideFactAttribute(string language)
    {
        Language = language;
        Skip = language switch
        {
            "sh" => TestTools.WhyNoCurl,
            "js" => TestTools.WhyNoNode,
            "python" => TestTools.WhyNoMailServer,
            _ => null,
        };
    }

    public string Language { get; }
}
