using System.Reflection;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>Paths that only the build knows, from the project file.</summary>
internal static class BuildPaths
{
    public static string Find(string name) => Path.GetFullPath(
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(path => path.Key == name).Value!);
}
