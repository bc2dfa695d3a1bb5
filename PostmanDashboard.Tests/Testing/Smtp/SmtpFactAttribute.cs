using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A test against a real SMTP server: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpFactAttribute : FactAttribute
{
    public SmtpFactAttribute() => Skip = TestTools.WhyNoMailServer;
}
