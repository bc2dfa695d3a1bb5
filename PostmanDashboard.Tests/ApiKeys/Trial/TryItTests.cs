using Bunit;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

public sealed class TryItTests : PanelTestContext
{
    [Fact]
    public void The_first_example_is_curl_with_this_servers_address_and_the_accounts()
    {
        var shown = Show("new");

        Assert.Equal("Example in curl", shown.Find("pre").GetAttribute("aria-label"));
        Assert.StartsWith("curl https://postman.example/v1/", shown.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.Contains(Account.Email!, shown.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.Equal(["curl", "C#", "JavaScript", "Python"], shown.FindAll("label").Select(label => label.TextContent.Trim()));
        Assert.Equal(["curl"], Chosen(shown));
    }

    [Fact]
    public async Task Choosing_a_language_shows_its_example_and_that_is_what_the_button_copies()
    {
        var shown = Show("new");
        foreach (var snippet in Snippets.Create("https://postman.example", Account.Email!).Reverse())
        {
            var choice = shown.FindAll("label").Single(label => label.TextContent.Trim() == snippet.Language);

            await choice.QuerySelector("input")!.ChangeAsync(new() { Value = "on" });

            Assert.Equal(snippet.Code, shown.Find("pre").TextContent);
            Assert.Equal(shown.Find("pre").Id, shown.Button("Copy the example").GetAttribute("data-copy"));
            Assert.NotNull(shown.Find($"#{shown.Button("Copy the example").GetAttribute("data-copy-outcome")}[role=status]"));
            Assert.Equal([snippet.Language], Chosen(shown));
        }
    }

    [Fact]
    public void Two_of_them_on_one_page_do_not_get_in_each_others_way()
    {
        var first = Show("1");
        var second = Show("2");

        Assert.Empty(first.FindAll("[id]").Select(element => element.Id).Intersect(second.FindAll("[id]").Select(element => element.Id)));
        Assert.NotEqual(first.Find("input").GetAttribute("name"), second.Find("input").GetAttribute("name"));
    }

    private IRenderedComponent<TryIt> Show(string id) =>
        Render<TryIt>(parameters => parameters.Add(tried => tried.Id, id).Add(tried => tried.Recipient, Account.Email!));

    private static IEnumerable<string> Chosen(IRenderedComponent<TryIt> shown) =>
        shown.FindAll("input[checked]").Select(input => input.ParentElement!.TextContent.Trim());
}
