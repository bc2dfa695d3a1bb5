using PostmanDashboard.Messages;

namespace PostmanDashboard.Tests.Messages;

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
    [InlineData("<table><tr><th>Name</th><td>Raj</td></tr><tr><th>Sum</th><td>$5</td></tr></table>", "Name Raj\nSum $5\n")]
    [InlineData("<img src=\"cid:logo\" alt=\"Agency\"><h1>Grant</h1>text", "Agency\n\nGrant\n\ntext\n")]
    [InlineData("<pre>a  b\n  c</pre>", "a  b\n  c\n")]
    [InlineData("5 &lt; 6 &amp; 7<br>é", "5 < 6 & 7\né\n")]
    [InlineData("no tag:\n  lines &amp; spaces stay", "no tag:\n  lines & spaces stay\n")]
    public void It_reads_like_the_mail(string html, string text) => Assert.Equal(text, BodyText.Of(html));
}
