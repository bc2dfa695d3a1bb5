using System.Text.Json;
using PostmanDashboard.ApiKeys.Trial;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

/// <summary>What the examples hold. That they work is tested with docs/api.md, where they stand too.</summary>
public sealed class SnippetsTests
{
    private const string Root = "https://postman.example";

    [Fact]
    public void There_is_an_example_in_each_language_with_our_address_the_recipient_and_no_key()
    {
        var snippets = Snippets.Create(Root, "mei@agency.gov.sg");

        Assert.Equal(["curl", "C#", "JavaScript", "Python"], snippets.Select(snippet => snippet.Language));
        Assert.All(snippets, snippet =>
        {
            Assert.Contains(Root + "/v1", snippet.Code, StringComparison.Ordinal);
            Assert.Contains("mei@agency.gov.sg", snippet.Code, StringComparison.Ordinal);
            Assert.Contains("POSTMAN_API_KEY", snippet.Code, StringComparison.Ordinal);
            Assert.DoesNotContain("pgsg_", snippet.Code, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_apostrophe_in_the_address_does_not_end_the_text_of_the_shell()
    {
        var curl = Snippets.Create(Root, "mei.o'brien@agency.gov.sg")[0].Code;

        var quoted = curl.Split('\'');
        Assert.Equal(3, quoted.Length);
        Assert.Equal("mei.o'brien@agency.gov.sg", JsonDocument.Parse(quoted[1]).RootElement.GetProperty("recipient").GetString());
    }

    [Fact]
    public void What_languages_have_in_common_with_json_is_quoted_like_json()
    {
        Assert.All(
            Snippets.Create(Root, "mei.o'brien+grants@agency.gov.sg").Skip(1),
            snippet => Assert.Contains("\"mei.o'brien+grants@agency.gov.sg\"", snippet.Code, StringComparison.Ordinal));
    }
}
