using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Tests.Messages.Bodies;

public sealed class BodyTextTests
{
    private readonly BodyCleaner cleaner = new();

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
    public void It_reads_like_the_mail(string html, string text) => Assert.Equal(text, TextOf(html));

    /// <remarks>Each would take minutes if the time grew with the square of what there is.</remarks>
    [Fact]
    public void Long_lists_rows_and_spaces_read_like_short_ones()
    {
        Assert.EndsWith("\n19000. x\n", TextOf($"<ol>{Repeat("<li>x</li>", 19_000)}</ol>"), StringComparison.Ordinal);
        Assert.Equal(Repeat("x ", 19_000).Trim() + "\n", TextOf($"<table><tr>{Repeat("<td>x</td>", 19_000)}</tr></table>"));
        Assert.Equal($"x{Repeat(" ", 1_000_000)}y\n", TextOf($"<pre>x{Repeat(" ", 1_000_000)}y</pre>"));
    }

    /// <remarks>The text is written of what is left of the parsed body; what goes out as HTML is parsed once more, by whoever reads the mail.</remarks>
    [Theory]
    [InlineData("<p>a\u00a0<script>x</script> b</p>", "a\u00a0 b\n")]
    [InlineData("<pre>a&#13;&#10;b&#13;c</pre>", "a\nb\nc\n")]
    [InlineData("a&#13;b", "a\nb\n")]
    [InlineData("<img src=\"cid:0\" alt=\"a&#13;b\">", "a\nb\n")]
    [InlineData("<pre>\n\nx</pre>", "x\n")]
    [InlineData("  <p>x</p>  y ", "x\n\ny\n")]
    [InlineData("<p>x<div>y</p>z", "x\n\ny\n\nz\n")]
    [InlineData("<ol start=\" 2\"><li>x<li>y<script>z</script></ol>", "2. x\n3. y\n")]
    [InlineData("<table>a<tr><td>b<td>c</table>", "a\n\nb c\n")]
    [InlineData("<b><p>x</b>y<i>z", "xyz\n")]
    [InlineData("<svg><p>x</svg>y&lt;b&gt;", "xy<b>\n")]
    [InlineData("<body style=\"color: red\" background=\"cid:0\">x", "x\n")]
    public void It_reads_like_the_body_that_is_sent(string html, string text)
    {
        var body = Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(html)).Body;
        using var sent = BodyParser.ParseCleaned(body.Html);

        Assert.Equal(text, body.Text);
        Assert.Equal(text, BodyText.Of(sent.Body!));
        Assert.Equal(BodyPictures.In(sent.Body!), body.Pictures);
    }

    private string TextOf(string html) => Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(html)).Body.Text;

    private static string Repeat(string html, int times) => string.Concat(Enumerable.Repeat(html, times));
}
