using Bunit;
using Microsoft.AspNetCore.WebUtilities;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Messages.Panel;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Panel;

public sealed class MessagesPanelTests : PanelTestContext
{
    private MessageSearch? asked;

    [Fact]
    public void Whoever_sent_nothing_reads_how_to_begin_and_sees_no_filters()
    {
        var panel = RenderPanel();

        panel.Says("Nothing has been sent yet");
        Assert.Equal(["/settings", "/docs/api"], panel.FindAll(".empty a").Select(link => link.GetAttribute("href")));
        Assert.Empty(panel.FindAll("form, table"));
    }

    [Fact]
    public async Task While_messages_are_being_loaded_the_panel_says_so()
    {
        Held.Hold();
        var panel = RenderPanel();
        panel.Says("Loading the messages…");

        await panel.InvokeAsync(Held.LetGo);

        panel.Says("Nothing has been sent yet");
    }

    [Fact]
    public async Task A_message_is_listed_with_all_that_matters_of_it_also_after_its_key_was_deleted()
    {
        var key = await AddKeyAsync("Grant system");
        await AddAsync(TestMessages.Create(Account.Id, key.Id, TestClock.Start, subject: "Your <b>grant", tag: "letters"), MessageStatus.Bounced);
        await Keys.DeleteAsync(Account, key.Id);

        var row = RenderPanel().Find("tbody tr");

        foreach (var text in (string[])[
            "raj@example.org", "Your <b>grant", "letters", "Grant system", $"•••••{key.Hint}, deleted", "5 Jan 2026, 17:00 SGT", "Bounced",
            TestMessages.Bounce])
        {
            Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_accounts_messages_are_not_shown()
    {
        var stranger = await Keys.AddAccountAsync("li@agency.gov.sg");
        await AddAsync(TestMessages.Create(stranger.Id, (await Keys.IssueAsync(stranger)).Id, TestClock.Start));

        RenderPanel().Says("Nothing has been sent yet");
    }

    [Fact]
    public async Task Messages_that_could_not_be_loaded_are_loaded_by_trying_again()
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));
        await Databases.BreakKeysAsync();
        var panel = RenderPanel();
        panel.Says("The messages couldn’t be loaded.");

        await Databases.MendKeysAsync();
        await panel.Button("Try again").ClickAsync(new());

        panel.Says("raj@example.org");
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task What_becomes_of_a_message_shows_by_itself()
    {
        var panel = RenderPanel();
        panel.Says("Nothing has been sent yet");
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));

        Keys.Clock.Advance(TimeSpan.FromSeconds(31));

        panel.Says("raj@example.org");
    }

    [Fact]
    public async Task Filters_are_asked_for_and_none_that_fits_is_said()
    {
        var key = await AddKeyAsync();
        await AddAsync(TestMessages.Create(Account.Id, key.Id, TestClock.Start));
        var panel = RenderPanel(new MessageSearch { Tag = "letters" });
        panel.Says("No messages match these filters.");

        await panel.Field("Search").ChangeAsync(new() { Value = " raj@ " });
        Assert.Equal(new MessageSearch { Tag = "letters", Text = "raj@" }, asked);
        await panel.Field("Status").ChangeAsync(new() { Value = "Sent" });
        Assert.Equal(new MessageSearch { Tag = "letters", Status = MessageStatus.Sent }, asked);
        await panel.Field("Key").ChangeAsync(new() { Value = $"{key.Id}" });
        Assert.Equal(new MessageSearch { Tag = "letters", Key = key.Id }, asked);
        await panel.Field("Tag").ChangeAsync(new() { Value = "" });
        Assert.Equal(new MessageSearch(), asked);
        await panel.Field("From day").ChangeAsync(new() { Value = "2026-01-05" });
        Assert.Equal(new MessageSearch { Tag = "letters", From = new DateOnly(2026, 1, 5) }, asked);
        await panel.Button("Clear filters").ClickAsync(new());
        Assert.Equal(new MessageSearch(), asked);
    }

    [Theory]
    [InlineData("0202-01-05")]
    [InlineData("9001-01-01")]
    [InlineData("tomorrow")]
    public async Task A_day_that_nobody_means_is_not_searched_for(string typed)
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));
        var panel = RenderPanel();

        await panel.Field("To day").ChangeAsync(new() { Value = typed });

        Assert.Null(asked);
    }

    [Fact]
    public async Task A_day_is_cleared_by_emptying_its_field_and_leaving_it()
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));
        var panel = RenderPanel(new MessageSearch { From = new DateOnly(2026, 1, 5) });

        await panel.Field("From day").ChangeAsync(new() { Value = "" });
        Assert.Null(asked);
        await panel.Field("From day").BlurAsync(new());

        Assert.Equal(new MessageSearch(), asked);
    }

    [Fact]
    public async Task Filters_that_few_need_are_folded_away_unless_one_is_set()
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));
        var panel = RenderPanel();
        Assert.Equal(("false", 1), (panel.Button("Filters").GetAttribute("aria-expanded"), panel.FindAll(".message-filters-folded").Count));

        await panel.Button("Filters").ClickAsync(new());
        Assert.Equal(("true", 0), (panel.Button("Filters").GetAttribute("aria-expanded"), panel.FindAll(".message-filters-folded").Count));

        Assert.Empty(RenderPanel(new MessageSearch { Tag = "letters" }).FindAll(".message-filters-folded"));
    }

    [Fact]
    public async Task Fifty_are_on_a_page_and_links_lead_to_the_others()
    {
        var key = await AddKeyAsync();
        await using var db = Databases.CreateDbContext();
        db.Messages.AddRange(Enumerable.Range(0, 51).Select(number => TestMessages.Create(Account.Id, key.Id, TestClock.Start.AddSeconds(-number), tag: "t")));
        await db.SaveChangesAsync();

        var first = RenderPanel(new MessageSearch { Tag = "t" });
        var older = QueryHelpers.ParseQuery(new Uri($"http://localhost{Assert.Single(first.FindAll("nav a")).GetAttribute("href")}").Query);
        var second = RenderPanel(new MessageSearch { Tag = "t" }, MessagePlace.Read(older["page"], older["before"], null));

        Assert.Equal(50, first.FindAll("tbody tr").Count);
        first.Says("51 messages");
        Assert.Equal("Older", first.Find("nav a").TextContent);
        Assert.Equal("t", older["tag"]);
        Assert.Single(second.FindAll("tbody tr"));
        second.Says("Page 2");
        Assert.Equal("Newer /messages?tag=t", $"{second.Find("nav a").TextContent} {second.Find("nav a").GetAttribute("href")}");
        Assert.Equal("/messages/export.csv?tag=t", first.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Another_page_is_read_from_its_top_and_a_search_leaves_the_focus_in_its_field()
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start));
        var second = new MessagePlace(2, new MessagePosition { At = TestClock.Start, Id = Guid.NewGuid() }, IsUpward: false);
        var panel = RenderPanel(place: second);

        panel.Render(parameters => parameters.Add(one => one.Search, new MessageSearch { Text = "raj" }).Add(one => one.Place, MessagePlace.First));
        panel.Says("raj@example.org");
        JSInterop.VerifyNotInvoke("Blazor._internal.domWrapper.focus");
        panel.Render(parameters => parameters.Add(one => one.Place, second));

        panel.WaitForAssertion(() => JSInterop.VerifyFocusAsyncInvoke());
    }

    [Fact]
    public async Task A_search_that_was_cut_off_says_how_far_it_went_and_leads_on()
    {
        var key = await AddKeyAsync();
        await using var db = Databases.CreateDbContext();
        await db.AddManyMessagesAsync(TestMessages.Create(Account.Id, key.Id, TestClock.Start), MessageScan.MostRead + 1);

        var panel = RenderPanel(new MessageSearch { Text = "payslip" });

        panel.Says("No messages found so far.");
        panel.Says("Searched 20,000 messages, back to 5 Jan 2026, 17:00 SGT.");
        Assert.Equal("Search older", panel.Find("nav a").TextContent);
    }

    [Fact]
    public async Task Details_show_the_body_in_a_frame_that_runs_and_loads_nothing()
    {
        var message = TestMessages.Create(
            Account.Id, (await AddKeyAsync()).Id, TestClock.Start, body: "<p>Hello <script>alert(1)</script></p>", cc: ["a@example.org", "b@example.org"],
                bcc: ["c@example.org"]);
        message.Attach(new MessageAttachment
        {
            MessageId = message.Id,
            Position = 0,
            FileName = "terms.pdf",
            ContentType = "application/pdf",
            Size = 12_345,
            Hash = "aa",
            Content = null
        });
        await AddAsync(message, MessageStatus.Bounced);
        var panel = RenderPanel();

        await panel.Button("Details of “Your receipt” to raj@example.org").ClickAsync(new());

        foreach (var text in (string[])[
            "Grants <donotreply@postman.example>", "mei@agency.gov.sg", "a@example.org: accepted", "b@example.org: accepted", "c@example.org: accepted",
            "terms.pdf (12 kB)", "550", "Sent with", $"{message.Id}"])
        {
            panel.Says(text);
        }

        var frame = panel.Find("iframe");
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.Contains("default-src 'none'", frame.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Contains("<p>Hello <script>alert(1)</script></p>", frame.GetAttribute("srcdoc"), StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("script"));
        await panel.Button("Details of “Your receipt” to raj@example.org").ClickAsync(new());
        Assert.Empty(panel.FindAll("iframe"));
    }

    [Fact]
    public async Task A_copy_that_bounced_shows_in_the_table_and_with_its_reason_in_the_details()
    {
        var message = TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start, cc: ["a@example.org"], bcc: ["gone@example.org"]);
        await AddAsync(message, MessageStatus.Sent);
        await using (var db = Databases.CreateDbContext())
        {
            await db.AddCopyAsync(message, "a@example.org", MailState.Sent);
            await db.AddCopyAsync(message, "gone@example.org", MailState.Failed);
        }

        var panel = RenderPanel();
        Assert.Contains("1 copy bounced", panel.Find("tbody tr").TextContent, StringComparison.Ordinal);
        await panel.Button("Details of “Your receipt” to raj@example.org").ClickAsync(new());

        panel.Says("a@example.org: sent");
        panel.Says($"gone@example.org: bounced, {TestMessages.Bounce}");
    }

    [Fact]
    public async Task Details_of_an_erased_message_say_that_it_was_erased()
    {
        await AddAsync(TestMessages.Create(Account.Id, (await AddKeyAsync()).Id, TestClock.Start, body: null), MessageStatus.Sent);
        var panel = RenderPanel();

        await panel.Button("Details of “Your receipt” to raj@example.org").ClickAsync(new());

        panel.Says("The content was erased");
        Assert.Empty(panel.FindAll("iframe"));
    }

    private IRenderedComponent<MessagesPanel> RenderPanel(MessageSearch? search = null, MessagePlace? place = null) => Render<MessagesPanel>(
        parameters => parameters
        .Add(panel => panel.AccountId, Account.Id)
        .Add(panel => panel.Search, search ?? new MessageSearch())
        .Add(panel => panel.Place, place ?? MessagePlace.First)
        .Add(panel => panel.OnSearch, wanted => asked = wanted));

    private async Task AddAsync(Message message, MessageStatus status = MessageStatus.Accepted)
    {
        await using var db = Databases.CreateDbContext();
        await db.AddMessageAsync(message, status);
    }
}
