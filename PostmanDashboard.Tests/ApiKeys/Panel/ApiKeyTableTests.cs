using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Panel;

public sealed class ApiKeyTableTests : PanelTestContext
{
    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    public void From_eleven_keys_on_there_is_a_search(int keys, int searches) =>
        Assert.Equal(searches, RenderTable(keys).FindAll("input").Count);

    [Theory]
    [InlineData("system 07", "System 07")]
    [InlineData(" SYSTEM 07 ", "System 07")]
    [InlineData("hint3", "System 03")]
    [InlineData("contact5@", "System 05")]
    public void Keys_are_found_by_label_hint_and_contact(string searchText, string found)
    {
        var table = RenderTable(11);

        table.Find("input").Input(searchText);

        Assert.Equal([found], table.FindAll("tbody th").Select(label => label.TextContent));
    }

    [Fact]
    public void A_search_without_a_hit_repeats_its_text_and_clearing_it_brings_the_keys_back()
    {
        var table = RenderTable(11);

        table.Find("input").Input("<b>");
        table.Says("No keys match “<b>”.");
        table.Find("input").Input("");

        Assert.Equal(11, table.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Nothing_of_a_label_is_taken_for_markup()
    {
        var table = Render<ApiKeyTable>(parameters => parameters.Add(shown => shown.Keys, [Key(1) with { Label = "<script>alert(1)</script>" }]));

        Assert.Equal("<script>alert(1)</script>", table.Find("tbody th").TextContent);
        Assert.Empty(table.FindAll("script"));
        Assert.Equal("Delete <script>alert(1)</script>", table.FindAll("button")[^1].GetAttribute("aria-label"));
    }

    [Fact]
    public void A_key_that_was_used_says_when_and_from_where()
    {
        var used = Key(1) with { LastUsedAt = TestClock.Start.AddHours(-2), LastUsedFrom = "192.0.2.44" };

        var table = Render<ApiKeyTable>(parameters => parameters.Add(shown => shown.Keys, [used]));

        var cell = table.Find("[data-column='Last used']").TextContent;
        Assert.Contains("2 hours ago", cell, StringComparison.Ordinal);
        Assert.Contains("from 192.0.2.44", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_button_has_a_word_for_cards_and_for_whoever_points_at_it()
    {
        var buttons = RenderTable(1).FindAll(".keys-actions button");

        Assert.Equal(["Details", "Edit", "Rotate", "Leaked?", "Delete"], buttons.Select(button => button.GetAttribute("data-word")));
        Assert.Equal(["Details", "Edit", "Rotate", "I think it leaked", "Delete"], buttons.Select(button => button.GetAttribute("title")));
    }

    [Fact]
    public void More_than_three_contacts_are_counted_and_named_on_demand()
    {
        var key = Key(1) with { Contacts = ["a@x.sg", "b@x.sg", "c@x.sg", "d@x.sg", "e@x.sg"] };

        var table = Render<ApiKeyTable>(parameters => parameters.Add(shown => shown.Keys, [key]));

        var contacts = table.FindAll("[data-column=Contacts] li");
        Assert.Equal(["a@x.sg", "b@x.sg", "c@x.sg", "and 2 more"], contacts.Select(contact => contact.TextContent));
        Assert.Equal("d@x.sg, e@x.sg", contacts[^1].GetAttribute("title"));
    }

    private IRenderedComponent<ApiKeyTable> RenderTable(int keys) =>
        Render<ApiKeyTable>(parameters => parameters.Add(table => table.Keys, [.. Enumerable.Range(1, keys).Select(Key)]));

    private static ApiKeySummary Key(int number) => new(
        Guid.NewGuid(),
        $"System {number:00}",
        $"Hint{number}",
        [$"contact{number}@agency.gov.sg"],
        TestClock.Start,
        LastUsedAt: null,
        LastUsedFrom: null,
        TestClock.Start.AddDays(90),
        ApiKeyStatus.Live);
}
