using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Logging;

/// <summary>Whatever is logged is one line with a time, which nothing that a caller wrote can end or colour.</summary>
public sealed class LineConsoleFormatterTests
{
    private readonly LineConsoleFormatter formatter = new(TestClock.Create());

    [Theory]
    [InlineData("Signed in", "Signed in")]
    [InlineData("你好 é 😀", "你好 é 😀")]
    [InlineData("a\nfail: b", @"a\nfail: b")]
    [InlineData("a\r\n\tb", @"a\r\n\tb")]
    [InlineData("\u001b[31mred\u007f\u009b", @"\u001b[31mred\u007f\u009b")]
    [InlineData("a\u2028b\u2029c\u0085", @"a\u2028b\u2029c\u0085")]
    [InlineData("\u202Etxt.exe\u200B\uFEFF", @"\u202etxt.exe\u200b\ufeff")]
    public void What_is_not_seen_as_it_stands_is_written_out(string text, string expected) =>
        Assert.EndsWith($"Test: {expected}{Environment.NewLine}", Write(text), StringComparison.Ordinal);

    /// <remarks>Alone, because an attribute can't hold half a character.</remarks>
    [Fact]
    public void Half_a_character_is_written_out_too() =>
        Assert.EndsWith($@"Test: 😀\ud83d{Environment.NewLine}", Write("😀\ud83d"), StringComparison.Ordinal);

    [Fact]
    public void A_line_says_when_how_grave_and_from_where() =>
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn Test: The disk is full\r?\n$", Write("The disk is full"));

    [Fact]
    public void An_exception_is_on_the_same_line_with_all_that_it_says()
    {
        var line = Write("Failed", new InvalidOperationException("a\nfail: b", new IOException("the reason")));

        Assert.Single(line.TrimEnd().Split('\n'));
        Assert.Contains(@"Failed | System.InvalidOperationException: a\nfail: b", line, StringComparison.Ordinal);
        Assert.Contains("the reason", line, StringComparison.Ordinal);
    }

    private string Write(string text, Exception? exception = null)
    {
        using var written = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Warning, "Test", default, text, exception, (state, _) => state), scopeProvider: null, written);
        return written.ToString();
    }
}
