using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A test with data against a real SMTP server: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpTheoryAttribute : TheoryAttribute
{
    public SmtpTheoryAttribute() => Skip = TestTools.WhyNoMailServer;
}
