using CsCheck;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Rotation;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

public sealed class ReplacementLabelTests
{
    [Theory]
    [InlineData("Grants", "Grants (2)")]
    [InlineData("Grants (2)", "Grants (3)")]
    [InlineData("Grants (9)", "Grants (10)")]
    [InlineData("Grants", "Grants (4)", "GRANTS (2)", "GRANTS (3)")]
    [InlineData("grants", "grants (3)", "GRANTS (2)")]
    [InlineData("Grants (2026)", "Grants (2026) (2)")]
    [InlineData("(2)", "(2) (2)")]
    [InlineData("Grants(2)", "Grants(2) (2)")]
    [InlineData("Grants (0)", "Grants (1)")]
    public void The_next_free_number_follows_the_label(string label, string suggested, params string[] taken) =>
        Assert.Equal(suggested, ReplacementLabel.Suggest(label, taken.Append(label.ToUpperInvariant()).ToHashSet()));

    [Fact]
    public void A_label_of_full_length_gives_way_to_the_number_and_keeps_its_characters_whole()
    {
        Assert.Equal(new string('x', 96) + " (2)", ReplacementLabel.Suggest(new string('x', 100), new HashSet<string>()));
        Assert.Equal(new string('x', 95) + " (2)", ReplacementLabel.Suggest(new string('x', 95) + "😀" + "yyy", new HashSet<string>()));
    }

    [Fact]
    public void Whatever_the_label_the_suggestion_is_one_and_is_free()
    {
        var labels = Gen.OneOf("a", "b", " ", "😀", "(", "2", ")", "é", "\u00a0").Array[1, 120].Select(string.Concat).Where(
            text => ApiKeyLabel.TryParse(text, out _, out _));

        labels.Sample(text =>
        {
            Assert.True(ApiKeyLabel.TryParse(text, out var label, out _));
            var taken = new HashSet<string> { label.Normalized };
            for (var round = 0; round < 3; round++)
            {
                var suggested = ReplacementLabel.Suggest(label.Text, taken);
                Assert.True(ApiKeyLabel.TryParse(suggested, out var parsed, out _));
                Assert.Equal(suggested, parsed.Text);
                Assert.True(taken.Add(parsed.Normalized));
            }
        });
    }
}
