using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Architecture;

/// <summary>How much a folder, a component and a line may hold before it holds two ideas.</summary>
public sealed class SizesTests
{
    private const int MostFiles = 15;
    private const int MostLinesOfComponent = 120;
    private const int LongestLine = 160;

    private static readonly string[] Projects = ["PostmanDashboard", "PostmanDashboard.Tests", "PostmanDashboard.Benchmarks"];

    private static readonly string Repository = BuildPaths.Find("Repository");

    /// <summary>A component and its styles count as one.</summary>
    [Fact]
    public void A_folder_has_fifteen_files_at_most() => Assert.Empty(Files("*")
        .Where(file => !file.EndsWith(".razor.css", StringComparison.Ordinal))
        .GroupBy(file => Path.GetDirectoryName(file)!)
        .Where(folder => folder.Count() > MostFiles)
        .Select(folder => $"{Named(folder.Key)}: {folder.Count()} files"));

    [Fact]
    public void A_component_has_120_lines_at_most() =>
        Assert.Empty(Files("*.razor").Where(file => File.ReadLines(file).Count() > MostLinesOfComponent).Select(Path.GetFileName));

    [Fact]
    public void A_line_has_160_characters_at_most() => Assert.Empty(Files("*.cs").Concat(Files("*.razor"))
        .SelectMany(file => File.ReadLines(file).Select((line, index) => (line.Length, Place: $"{Named(file)}:{index + 1}")))
        .Where(line => line.Length > LongestLine)
        .Select(line => line.Place));

    /// <summary>What people write: not what the build makes, nor migrations, which a tool writes.</summary>
    private static IEnumerable<string> Files(string pattern) =>
        Projects.SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository, project), pattern, SearchOption.AllDirectories))
            .Where(file => !Named(file).Split('/').Any(name => name is "bin" or "obj" or "data" or "wwwroot" or "Migrations" or "Client"));

    private static string Named(string path) => Path.GetRelativePath(Repository, path).Replace('\\', '/');
}
