using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Dialogs;
using PostmanDashboard.ApiKeys.Table;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Table;

public sealed class ApiKeyTableTests : PanelTestContext
{
    [Theory]
    [InlineData("system 07", "System 07")]
    [InlineData(" SYSTEM 07 ", "System 07")]
    [InlineData("hint3", "System 03")]
    [InlineData("contact5@", "System 05")]
    public void Keys_are_found_by_label_hint_and_contact(string searchText, string found) =>
        Assert.Equal([found], Labels(RenderTable([.. Enumerable.Range(1, 11).Select(Key)], new KeyFilter(searchText, null))));

    [Fact]
    public void A_search_without_a_hit_repeats_its_text() =>
        RenderTable([Key(1)], new KeyFilter("<b>", null)).Says("No keys match “<b>”.");

    [Fact]
    public void Keys_of_one_status_are_shown_alone() =>
        Assert.Equal(["System 02"], Labels(RenderTable(Mixed, new KeyFilter(null, ApiKeyStatus.Expired))));

    [Fact]
    public async Task Statuses_are_offered_with_their_numbers_and_a_second_press_shows_all_again()
    {
        var filter = KeyFilter.None;
        var bar = Render<KeyFilterBar>(parameters => parameters
            .Add(shown => shown.Keys, Mixed).Add(shown => shown.Filter, filter).Add(shown => shown.FilterChanged, changed => filter = changed));
        Assert.Equal(["All 3", "Live 2", "Expired 1"], bar.FindAll(".status-filter button").Select(button => button.TextContent));

        await bar.Button("Expired 1").ClickAsync(new());
        Assert.Equal(ApiKeyStatus.Expired, filter.Status);
        bar.Render(parameters => parameters.Add(shown => shown.Filter, filter));
        Assert.Equal("true", bar.Button("Expired 1").GetAttribute("aria-pressed"));
        await bar.Button("Expired 1").ClickAsync(new());
        Assert.Null(filter.Status);
    }

    [Fact]
    public async Task A_heading_puts_the_keys_in_its_order_then_the_other_way_round_then_as_they_were()
    {
        var table = RenderTable([Key(2), Key(1), Key(3)]);
        foreach (var (sorted, labels) in new[]
        {
            ("ascending", new[] { "System 01", "System 02", "System 03" }),
            ("descending", ["System 03", "System 02", "System 01"]),
            ("none", ["System 02", "System 01", "System 03"]),
        })
        {
            await table.Find("th button").ClickAsync(new());

            Assert.Equal(labels, Labels(table));
            Assert.Equal(sorted, table.Find("th[aria-sort]").GetAttribute("aria-sort"));
        }
    }

    [Fact]
    public async Task A_key_that_was_never_used_is_the_least_used_of_all()
    {
        var table = RenderTable([Key(1) with { LastUsedAt = TestClock.Start }, Key(2)]);

        await table.FindAll("th button")[1].ClickAsync(new());

        Assert.Equal(["System 02", "System 01"], Labels(table));
    }

    [Fact]
    public void Nothing_of_a_label_is_taken_for_markup()
    {
        var table = RenderTable([Key(1) with { Label = "<script>alert(1)</script>" }]);

        Assert.Equal(["<script>alert(1)</script>"], Labels(table));
        Assert.Empty(table.FindAll("script"));
        Assert.Equal("Delete <script>alert(1)</script>", table.FindAll("button")[^1].GetAttribute("aria-label"));
    }

    [Fact]
    public void A_key_leads_to_its_page()
    {
        var key = Key(1);

        Assert.Equal($"/settings/keys/{key.Id}", RenderTable([key]).Find("tbody th a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("grants/2.1", "grants/2.1")]
    [InlineData(null, "from 192.0.2.44")]
    public void A_key_that_was_used_says_when_and_by_what(string? program, string said)
    {
        var used = Key(1) with { LastUsedAt = TestClock.Start.AddHours(-2), LastUsedFrom = "192.0.2.44", LastUsedBy = program };

        var cell = RenderTable([used]).Find("[data-column='Last used']").TextContent;

        Assert.Contains("2 hours ago", cell, StringComparison.Ordinal);
        Assert.Contains(said, cell, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_done_is_said_in_words_and_an_expired_key_can_neither_be_rotated_nor_leak()
    {
        Assert.Equal(["Rotate", "Edit", "Pause", "I think System 01it leaked", "Delete"], Words(Key(1)));
        Assert.Equal(["Rotate", "Edit", "Resume", "I think System 01it leaked", "Delete"], Words(Key(1) with { Status = ApiKeyStatus.Paused }));
        Assert.Equal(["Edit", "Delete"], Words(Key(1) with { Status = ApiKeyStatus.Expired }));
    }

    [Fact]
    public void Contacts_that_cannot_be_reached_are_counted_and_named_on_demand()
    {
        var key = Key(1);
        var table = Render<ApiKeyTable>(parameters => parameters
            .Add(shown => shown.Account, Acting)
            .Add(shown => shown.Keys, [key])
            .Add(shown => shown.Unreachable, new Dictionary<Guid, IReadOnlyList<string>> { [key.Id] = ["a@x.sg", "b@x.sg"] }));

        Assert.Equal("Can’t be reached: 2 contacts", table.Find(".key-warning").TextContent);
        Assert.Equal("a@x.sg, b@x.sg", table.Find(".key-warning").GetAttribute("title"));
    }

    private ActingAccount Acting => new(Account.Id, Account.Email!, "192.0.2.1");

    private static IReadOnlyList<ApiKeySummary> Mixed => [Key(1), Key(2) with { Status = ApiKeyStatus.Expired }, Key(3)];

    private IEnumerable<string> Words(ApiKeySummary key) => RenderTable([key]).FindAll(".key-menu-body button")
        .Select(button => string.Join(' ', button.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static IEnumerable<string> Labels(IRenderedComponent<ApiKeyTable> table) => table.FindAll("tbody th a").Select(label => label.TextContent);

    private IRenderedComponent<ApiKeyTable> RenderTable(IReadOnlyList<ApiKeySummary> keys, KeyFilter? filter = null) =>
        Render<ApiKeyTable>(parameters => parameters
            .Add(table => table.Account, Acting).Add(table => table.Keys, keys).Add(table => table.Filter, filter ?? KeyFilter.None));

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
