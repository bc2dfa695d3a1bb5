using AngleSharp.Html.Parser;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Tests.Mail;

public sealed class MailContentTests
{
    private const string Evil = "<img src=x onerror=alert(1)> & \"quoted\" 'single' </td></p></a>";

    [Fact]
    public void The_text_reads_like_a_letter()
    {
        var content = new MailContent().Paragraph("Hello.").Facts(("Label", "Grant system"), ("Key", "abc")).Steps("First.", "Then.")
            .Link("Open", "https://postman.example/x");

        Assert.Equal("Hello.\n\nLabel: Grant system\nKey: abc\n\n1. First.\n2. Then.\n\nOpen:\nhttps://postman.example/x\n", content.Text);
    }

    [Fact]
    public void The_HTML_says_the_same_as_the_text()
    {
        var content = new MailContent().Paragraph("Hello.").Facts(("Label", "Grant system")).Steps("First.", "Then.").Link(
            "Open", "https://postman.example/x?a=1&b=2");

        var document = new HtmlParser().ParseDocument(content.Html);
        Assert.Equal("Hello.", document.QuerySelector("p")!.TextContent);
        Assert.Equal(["Label", "Grant system"], document.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal(["First.", "Then."], document.QuerySelectorAll("ol > li").Select(step => step.TextContent));
        Assert.Equal("https://postman.example/x?a=1&b=2", document.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void It_carries_a_brand_line_one_button_and_a_preheader_and_needs_no_images()
    {
        var content = new MailContent().Preheader("Rotate it.").Paragraph("Hello.").Button("Rotate this key", "https://postman.example/x");

        var document = new HtmlParser().ParseDocument(content.Html);
        var lines = document.Body!.TextContent.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["Rotate it.", "Postman", "Hello.", "Rotate this key"], lines);
        Assert.Contains("display: none", document.Body.FirstElementChild!.GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal("https://postman.example/x", Assert.Single(document.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.Equal("light dark", document.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Empty(document.QuerySelectorAll("img, [background], link"));
        Assert.DoesNotContain("url(", content.Html, StringComparison.Ordinal);
        Assert.Equal("Hello.\n\nRotate this key:\nhttps://postman.example/x\n", content.Text);
    }

    [Fact]
    public void A_code_stands_alone_and_is_the_preheader()
    {
        var content = new MailContent().Code("Your code", "123 456").Paragraph("It works once.");

        var document = new HtmlParser().ParseDocument(content.Html);
        Assert.Equal("Your code: 123 456", document.Body!.FirstElementChild!.TextContent);
        Assert.Equal(["Your code:", "123 456", "It works once."], document.QuerySelectorAll("p").Select(paragraph => paragraph.TextContent));
        Assert.Equal("Your code: 123 456\n\nIt works once.\n", content.Text);
    }

    [Fact]
    public void Without_words_of_its_own_the_preheader_is_the_first_paragraph() => Assert.Equal(
        "Hello.", new HtmlParser().ParseDocument(new MailContent().Paragraph("Hello.").Paragraph("More.").Html).Body!.FirstElementChild!.TextContent);

    [Fact]
    public void What_a_person_typed_is_text_wherever_it_stands()
    {
        var content = new MailContent().Paragraph(Evil).Facts((Evil, Evil)).Steps(Evil).Link(Evil, $"https://postman.example/{Evil}");

        var document = new HtmlParser().ParseDocument(content.Html);
        Assert.Empty(document.QuerySelectorAll("img, script, [onerror]"));
        Assert.Equal([Evil, Evil, Evil, Evil, Evil], document.QuerySelectorAll("p, td, li").Select(element => element.TextContent));
        Assert.Equal($"https://postman.example/{Evil}", Assert.Single(document.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.Contains(Evil, content.Text, StringComparison.Ordinal);
    }
}
