using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Tests.Messages.Bodies;

public sealed class BodyCleanerTests
{
    private readonly BodyCleaner cleaner = new();

    [Theory]
    [InlineData("Dear Raj,\nyour grant & more")]
    [InlineData("<h1>Grant</h1><p>Dear <strong>Raj</strong>,<br>see <a href=\"https://agency.gov.sg/a?b=1\">this</a></p>")]
    [InlineData("<a href=\"mailto:help@agency.gov.sg\">help</a>")]
    [InlineData("<img src=\"cid:logo\" alt=\"Logo\">")]
    [InlineData("<ul><li>one</li><li>two</li></ul>")]
    [InlineData("<table width=\"600\" cellpadding=\"0\"><tbody><tr><td align=\"center\" bgcolor=\"#ffffff\">x</td></tr></tbody></table>")]
    public void What_mails_hold_stays(string html) =>
        Assert.Equal(html.Replace(" & ", " &amp; ", StringComparison.Ordinal), Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(html)).Body.Html);

    [Theory]
    [InlineData("x<script>alert(1)</script>", "x")]
    [InlineData("<p onclick=\"alert(1)\">x</p>", "<p>x</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"http://example.com\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"data:text/html,x\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"/settings\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"//example.com\">x</a>", "<a>x</a>")]
    [InlineData("x<iframe src=\"https://example.com\"></iframe><form><input></form><style>p{}</style><object></object>", "x")]
    [InlineData("<html><head><title>t</title><meta http-equiv=\"refresh\" content=\"0\"></head><body><p>x</p></body></html>", "<p>x</p>")]
    [InlineData("x<svg><script>alert(1)</script></svg><math></math>", "x")]
    [InlineData("<p class=\"a\" id=\"b\">x</p><!-- c -->", "<p>x</p>")]
    public void What_harms_is_taken_out(string html, string left) => Assert.Equal(left, Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(html)).Body.Html);

    [Fact]
    public void Styles_keep_what_is_harmless()
    {
        var html = Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(
            "<p style=\"color: #ff0000; position: fixed; padding: 4px; behavior: url(x); background-image: url(javascript:alert(1))\">x</p>")).Body.Html;

        Assert.Contains("color:", html, StringComparison.Ordinal);
        Assert.Contains("padding:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("position", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_frames_is_not_a_mail() =>
        Assert.IsNotType<CleanResult.Cleaned>(cleaner.Clean("<frameset><frame src=\"https://example.com\"></frameset>"));
}
