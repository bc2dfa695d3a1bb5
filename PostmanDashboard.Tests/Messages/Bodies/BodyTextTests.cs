using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Tests.Messages.Bodies;

public sealed class BodyTextTests
{
    [Theory]
    [InlineData("<p>Dear Raj,</p><p>your   grant\nis approved.</p>", "Dear Raj,\n\nyour grant is approved.\n")]
    [InlineData("one<br>two", "one\ntwo\n")]
    [InlineData("See <a href=\"https://agency.gov.sg/x\">the form</a>.", "See the form (https://agency.gov.sg/x).\n")]
    [InlineData("<a href=\"https://agency.gov.sg/x\">https://agency.gov.sg/x</a>", "https://agency.gov.sg/x\n")]
    [InlineData("<a href=\"mailto:help@agency.gov.sg\">Help</a>", "Help (help@agency.gov.sg)\n")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "- one\n- two\n")]
    [InlineData("<p>First</p><ol start=\"3\"><li>one</li><li>two</li></ol><p>Last</p>", "First\n\n3. one\n4. two\n\nLast\n")]
    [InlineData("<ol>text<li>one</li><p>aside</p><li>two<ol><li>three</li></ol></li><li>four</li></ol>",
        "text\n1. one\n\naside\n\n2. two\n\n1. three\n\n3. four\n")]
    [InlineData("<table><tr><td><p>one</p></td><td>two</td><td></td><td>three</td></tr></table>", "one\n\ntwo three\n")]
    [InlineData("<table><tr><th>Name</th><td>Raj</td></tr><tr><th>Sum</th><td>$5</td></tr></table>", "Name Raj\nSum $5\n")]
    [InlineData("<img src=\"cid:logo\" alt=\"Agency\"><h1>Grant</h1>text", "Agency\n\nGrant\n\ntext\n")]
    [InlineData("<pre>a  b\n  c</pre>", "a  b\n  c\n")]
    [InlineData("5 &lt; 6 &amp; 7<br>é", "5 < 6 & 7\né\n")]
    [InlineData("no tag:\n  lines &amp; spaces stay", "no tag:\n  lines & spaces stay\n")]
    public void It_reads_like_the_mail(string html, string text) => Assert.Equal(text, BodyText.Of(html));

    /// <remarks>Each would take minutes if the time grew with the square of what there is.</remarks>
    [Fact]
    public void Long_lists_rows_and_spaces_read_like_short_ones()
    {
        Assert.EndsWith("\n19000. x\n", BodyText.Of($"<ol>{Repeat("<li>x</li>", 19_000)}</ol>"), StringComparison.Ordinal);
        Assert.Equal(Repeat("x ", 19_000).Trim() + "\n", BodyText.Of($"<table><tr>{Repeat("<td>x</td>", 19_000)}</tr></table>"));
        Assert.Equal($"x{Repeat(" ", 1_000_000)}y\n", BodyText.Of($"<pre>x{Repeat(" ", 1_000_000)}y</pre>"));
    }

    private static string Repeat(string html, int times) => string.Concat(Enumerable.Repeat(html, times));
}
