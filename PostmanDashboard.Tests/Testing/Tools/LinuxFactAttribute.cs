namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test of what only Linux has: skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Linux only.";
}
