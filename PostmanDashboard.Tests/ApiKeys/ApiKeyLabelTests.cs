using PostmanDashboard.ApiKeys;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ApiKeyLabelTests
{
    [Theory]
    [InlineData("Grant system", "Grant system")]
    [InlineData("  Grant system\t", "Grant system")]
    [InlineData("Grant \t  system", "Grant system")]
    [InlineData("Grant\r\nBcc: everyone@agency.gov.sg", "Grant Bcc: everyone@agency.gov.sg")]
    [InlineData("Grant\u2028system", "Grant system")]
    [InlineData("\u00a0Grant\u00a0system\u3000", "Grant system")]
    [InlineData("x", "x")]
    [InlineData("<b>\"Grant\" & ’system’</b>", "<b>\"Grant\" & ’system’</b>")]
    [InlineData("補助金 – மானியம் – Пособие 🎓", "補助金 – மானியம் – Пособие 🎓")]
    [InlineData("👩\u200d💻", "👩\u200d💻")]
    [InlineData("❤\ufe0f", "❤\ufe0f")]
    [InlineData("Grant\u200b \u2060sys\u00adtem\ufeff", "Grant system")]
    [InlineData("Grant\u200d system", "Grant system")]
    [InlineData("Grant \u202emetsys", "Grant metsys")]
    [InlineData("\u2067Grant\u2069 \u061csystem\u200e", "Grant system")]
    [InlineData("Grant\u3164\u034f\ufe0f", "Grant")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")]
    [InlineData("क्\u200dष", "क्\u200dष")]
    [InlineData("🏴\U000E0067\U000E0062\U000E007F", "🏴\U000E0067\U000E0062\U000E007F")]
    public void A_label_is_one_line_without_needless_space(string typed, string text)
    {
        Assert.True(ApiKeyLabel.TryParse(typed, out var label, out var problem));
        Assert.Equal(text, label.Text);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    [InlineData("\u200b")]
    [InlineData("\u200d \ufeff\u2060")]
    [InlineData("\u3164\u2800")]
    [InlineData("\u202e\u202c")]
    public void A_label_that_shows_nothing_is_refused(string? typed) =>
        Assert.StartsWith("Give the key a label", ProblemOf(typed), StringComparison.Ordinal);

    [Fact]
    public void A_label_has_at_most_100_characters_once_it_is_trimmed()
    {
        Assert.True(ApiKeyLabel.TryParse($"  {new string('x', 100)}  ", out _, out _));
        Assert.Equal("A label has at most 100 characters; this one has 101.", ProblemOf(new string('x', 101)));
    }

    [Theory]
    [InlineData("Grant\0system")]
    [InlineData("Grant\u0007")]
    [InlineData("Grant\u001b[31msystem")]
    [InlineData("Grant\u007fsystem")]
    [InlineData("Grant\ud83dsystem")]
    [InlineData("\udc00")]
    public void Control_characters_and_broken_ones_are_refused(string typed) =>
        Assert.StartsWith("A label can't contain control characters", ProblemOf(typed), StringComparison.Ordinal);

    [Theory]
    [InlineData("Grant system", "GRANT SYSTEM")]
    [InlineData("Пособие", "ПОСОБИЕ")]
    [InlineData("Café", "CAFÉ")]
    [InlineData("title", "TITLE")]
    [InlineData("ti\u200btle", "TITLE")]
    [InlineData("می\u200cخواهم", "میخواهم")]
    [InlineData("❤\ufe0f", "❤")]
    public void Labels_are_compared_in_upper_case_of_no_particular_language(string typed, string normalized)
    {
        Assert.True(ApiKeyLabel.TryParse(typed, out var label, out _));
        Assert.Equal(normalized, label.Normalized);
    }

    private static string ProblemOf(string? typed)
    {
        Assert.False(ApiKeyLabel.TryParse(typed, out var label, out var problem));
        Assert.Null(label);
        return problem;
    }
}
