using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Tests.Messages.Bodies;

/// <summary>Which files a body shows, once it was cleaned.</summary>
public sealed class BodyPicturesTests
{
    private readonly BodyCleaner cleaner = new();

    [Theory]
    [InlineData("<img src=\"cid:0\">", "0")]
    [InlineData("<IMG SRC='CID:3' alt=x>", "3")]
    [InlineData("<img src=cid:1><img src=cid:0><img src=cid:1>", "0 1")]
    [InlineData("<table background=\"cid:2\"><tr><td>x</table>", "2")]
    [InlineData("<p style=\"color: red; background-image: url('cid:4')\">x</p>", "4")]
    [InlineData("<p style=\"background: url(cid:5) no-repeat\">x</p>", "5")]
    [InlineData("<p>src=\"cid:0\" is how it's written</p>", "")]
    [InlineData("<a href=\"cid:0\">x</a>", "")]
    [InlineData("<img src=\"cid:logo\"><img src=\"cid:10\"><img src=\"cid:0@example.com\">", "")]
    [InlineData("<img src=\"https://example.com/cid:0\">", "")]
    [InlineData("<!-- <img src=\"cid:0\"> -->x", "")]
    [InlineData("<body background=\"cid:0\">x", "")]
    public void They_are_counted_from_0(string body, string positions)
    {
        var cleaned = Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(body));

        Assert.Equal(positions, string.Join(' ', cleaned.Body.Pictures));
    }
}
