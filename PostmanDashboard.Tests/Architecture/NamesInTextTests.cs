using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Architecture;

/// <summary>What a move or a broken line changes without the compiler noticing.</summary>
public sealed partial class NamesInTextTests
{
    private static readonly string[] Kinds = [".md", ".cs", ".razor", ".csproj", ".props", ".css", ".js", ".sh"];

    private static readonly string Repository = BuildPaths.Find("Repository");

    private static readonly string[] Files =
    [
        .. Directory.EnumerateFiles(Repository, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(Repository, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(folder => folder is ".git" or "bin" or "obj" or "data" or "Migrations" or "node_modules")),
    ];

    [Fact]
    public void Every_source_file_that_a_comment_or_a_document_names_is_there() => Assert.DoesNotContain(
        Files.Where(file => Kinds.Contains(Path.GetExtension(file)))
            .SelectMany(file => SourceFile().Matches(Read(file)).Select(match => (file, Named: match.Value)))
            // The feature of CONTRIBUTING.md that somebody may write.
            .Where(pair => !pair.Named.StartsWith("Notices/", StringComparison.Ordinal)),
        pair => !Files.Any(file => file == pair.Named || file.EndsWith($"/{pair.Named}", StringComparison.Ordinal)));

    [Fact]
    public void What_a_screen_reader_is_given_stands_in_one_line() => Assert.Empty(Files
        .Where(file => Path.GetExtension(file) == ".razor")
        .SelectMany(file => BrokenText().Matches(Read(file)).Select(match => (file, match.Value))));

    /// <summary>A level for a type that is called otherwise is silently none.</summary>
    [Fact]
    public void Every_part_of_ours_that_the_log_settings_name_is_a_type() => Assert.All(
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository, "appsettings.json")).Build().GetSection("Logging:LogLevel").GetChildren()
            .Where(level => level.Key.StartsWith("PostmanDashboard.", StringComparison.Ordinal)),
        level => Assert.NotNull(typeof(Program).Assembly.GetType(level.Key)));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository, file));

    [GeneratedRegex(@"(?<![\w/.{}*-])[A-Z][A-Za-z.]+(/[A-Z][A-Za-z]+)+\.(cs|razor)\b")]
    private static partial Regex SourceFile();

    [GeneratedRegex("""\s[A-Za-z-]+="[^"@<>]*\n[^"]*"(?=[^"]*>)""")]
    private static partial Regex BrokenText();
}
