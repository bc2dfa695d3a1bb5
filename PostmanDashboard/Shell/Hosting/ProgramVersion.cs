using System.Reflection;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>Which version of the program this is, and of which commit it was built.</summary>
public static class ProgramVersion
{
    private const int ShortCommit = 12;

    private static readonly string[] Parts =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary><c>Postman Dashboard 0.1.0 (commit 6729eed0e4a1)</c>; without a commit where it wasn't built from a repository.</summary>
    public static string InWords => Parts is [var version, { Length: > 0 } commit]
        ? $"Postman Dashboard {version} (commit {commit[..Math.Min(commit.Length, ShortCommit)]})"
        : $"Postman Dashboard {Parts[0]}";
}
