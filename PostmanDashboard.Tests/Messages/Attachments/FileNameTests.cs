using PostmanDashboard.Messages.Attachments;

namespace PostmanDashboard.Tests.Messages.Attachments;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("letter.pdf", "letter.pdf")]
    [InlineData("  Brief an Frau Müller.pdf ", "Brief an Frau Müller.pdf")]
    [InlineData("通知书 2026.pdf", "通知书 2026.pdf")]
    [InlineData("🎉.png", "🎉.png")]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\mei\\letter.pdf", "letter.pdf")]
    [InlineData("/etc/", "attachment")]
    [InlineData("..", "attachment")]
    [InlineData("", "attachment")]
    [InlineData(null, "attachment")]
    [InlineData(".pdf", "attachment.pdf")]
    [InlineData("letter.pdf.exe", "letter.pdf.exe")]
    [InlineData("letter.exe. .", "letter.exe")]
    [InlineData("exe.\u202Efdp.txt", "exe.fdp.txt")]
    [InlineData("let\u200Bter\uFEFF.pdf", "letter.pdf")]
    [InlineData("letter.pdf\r\nBcc: x@example.org", "letter.pdfBcc_ x@example.org")]
    [InlineData("a\0b\u001B[31m\u2028.pdf", "ab[31m.pdf")]
    [InlineData("what?<now>|\"*:.pdf", "what__now_____.pdf")]
    public void A_name_is_made_harmless_and_no_more_is_changed(string? given, string expected) => Assert.Equal(expected, FileName.Clean(given));

    [Fact]
    public void Half_a_character_does_no_harm() => Assert.Equal("a\uFFFD.pdf", FileName.Clean("a\uD83C.pdf"));

    [Fact]
    public void A_long_name_is_cut_before_its_extension_and_never_within_a_character()
    {
        Assert.Equal(new string('x', 251) + ".pdf", FileName.Clean(new string('x', 1_000) + ".pdf"));
        Assert.Equal(string.Concat(Enumerable.Repeat("🎉", 125)) + ".pdf", FileName.Clean(string.Concat(Enumerable.Repeat("🎉", 500)) + ".pdf"));
        Assert.Equal("attachment", FileName.Clean("a." + new string('x', 1_000)));
        Assert.All(Enumerable.Range(253, 10), length => Assert.Equal("attachment", FileName.Clean("🎉." + new string('x', length))));
    }
}
