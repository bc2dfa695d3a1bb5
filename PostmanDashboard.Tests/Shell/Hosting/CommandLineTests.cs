using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Hosting;

/// <summary>What the program does with its arguments.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Settings_are_told_apart_from_a_word_and_what_it_is_about()
    {
        var line = CommandLine.Parse(
            ["--Storage:Directory=/var/lib/postman", "backup", "/backup/a=b.db", "--urls", "http://localhost:1", "Jobs:Enabled=false"]);

        Assert.Equal(("backup", "/backup/a=b.db"), (line.Word, line.Operand));
        Assert.Equal(["--Storage:Directory=/var/lib/postman", "--urls", "http://localhost:1", "Jobs:Enabled=false"], line.Settings);
        Assert.Null(line.Answer());
    }

    [Fact]
    public void Without_a_word_it_serves() => Assert.Null(CommandLine.Parse(["--environment=Development"]).Word);

    [Theory]
    [InlineData("--help", "backup FILE")]
    [InlineData("-h", "backup FILE")]
    [InlineData("help", "backup FILE")]
    [InlineData("--version", "Postman Dashboard 0.1.0 (commit ")]
    public async Task Help_and_version_are_printed_and_nothing_is_started(string argument, string expected)
    {
        await using var asked = DashboardProcess.LaunchWith(folder.Path, [argument]);

        Assert.Equal(0, await asked.WaitForExitAsync());
        Assert.Contains(expected, asked.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("bakup", "backup FILE, sign-in-link ADDRESS, --help or --version")]
    [InlineData("backup", "backup FILE")]
    [InlineData("backup one two", "backup FILE")]
    [InlineData("-x", "“-x”")]
    [InlineData("--Storage:Directory", "“--Storage:Directory”")]
    public async Task Arguments_that_cannot_be_followed_are_refused_with_those_that_can(string arguments, string expected)
    {
        await using var asked = DashboardProcess.LaunchWith(folder.Path, arguments.Split(' '));

        Assert.Equal(1, await asked.WaitForExitAsync());
        Assert.Contains(expected, Assert.Single(asked.Output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
