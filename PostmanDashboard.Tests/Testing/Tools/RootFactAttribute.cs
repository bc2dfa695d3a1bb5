namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A test that gives files to other users or mounts file systems, which only root on Linux can: skipped for everybody else.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        ? null
        : "Only root on Linux can give files to other users and mount file systems.";
}
