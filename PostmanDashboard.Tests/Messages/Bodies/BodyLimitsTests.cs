using PostmanDashboard.Messages.Bodies;

namespace PostmanDashboard.Tests.Messages.Bodies;

/// <summary>Bodies that ask for more time or memory than any mail is worth.</summary>
public sealed class BodyLimitsTests
{
    private readonly BodyCleaner cleaner = new();

    public static TheoryData<string> Bombs => new()
    {
        Repeat("<div>", 170_000),
        Repeat("<svg>", 170_000),
        $"<p>{string.Concat(Enumerable.Range(0, 250).Select(number => $"<b a={number}>"))}{Repeat("</p><p>x", 100_000)}",
        Repeat("<a><b><p></a>", 60_000),
        $"<p {string.Concat(Enumerable.Range(0, 100_000).Select(number => $"a{number} "))}>x",
        Repeat("<i>x</i>", 60_000),
        // Copied into each paragraph: half a megabyte, a style, a hundred attributes.
        $"<p><b title=\"{new string('x', 500_000)}\">{Repeat("</p><p>x", 15_000)}",
        $"<p><b style=\"{Repeat("color:red;", 200)}\">{Repeat("</p><p>x", 15_000)}",
        $"<p><b {string.Concat(Enumerable.Range(0, 100).Select(number => $"{(char)('一' + number)} "))}>{Repeat("</p><p>x", 15_000)}",
        // Much to read, and next to nothing of it stays.
        Repeat("a<!-->", 170_000),
        Repeat("</x>", 250_000) + "x",
        "<svg>" + Repeat("<g/>", 200_000) + "</svg>x",
        Repeat("<iframe></iframe>", 19_000) + "x",
        // Styles that are parsed again and again.
        Repeat("<p style=\"color:red;margin:1px;border:1px solid red\">x</p>", 10_000),
        $"<p style=\"{Repeat("color:red;", 10_000)}\">x</p>",
        $"<p style=\"width:calc(1px{Repeat("+1px", 1_000)})\">x</p>",
        $"<p style=\"width:{Repeat("calc(", 200)}\">x</p>",
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_body_that_asks_for_gigabytes_is_refused_beforeit_gets_them(string html)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsType<CleanResult.TooComplex>(cleaner.Clean(html));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000_000);
    }

    /// <remarks>html, head and body are elements as well.</remarks>
    [Theory]
    [InlineData("<br>", BodyLimits.MaxElements - 3)]
    [InlineData("<b title=\"x\">x</b>\n", BodyLimits.MaxElements - 3)]
    [InlineData("<p style=\"color:red;margin:0;padding:4px 0\">x</p>", 5_000)]
    [InlineData("<!-- as newsletters have them -->", 10_000)]
    public void A_body_as_large_as_mails_are_is_taken(string html, int times) => Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(Repeat(html, times) + "x"));

    [Fact]
    public void One_element_more_than_there_may_be_is_too_much() =>
        Assert.IsType<CleanResult.TooComplex>(cleaner.Clean(Repeat("<br>", BodyLimits.MaxElements - 2) + "x"));

    /// <remarks>It would be parsed only to be taken out, and the time for that has no limit.</remarks>
    [Theory]
    [InlineData("<style>", "a{color:red} ", "</style>x")]
    public void A_style_sheet_is_taken_out_however_long_it_is(string beginning, string css, string end)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("x", Assert.IsType<CleanResult.Cleaned>(cleaner.Clean(beginning + Repeat(css, 20_000) + end)).Body.Html);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    private static string Repeat(string html, int times) => string.Concat(Enumerable.Repeat(html, times));
}
