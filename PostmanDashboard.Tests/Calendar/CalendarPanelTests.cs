using Bunit;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Calendar;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.Calendar;

public sealed class CalendarPanelTests : PanelTestContext
{
    [Fact]
    public async Task An_address_is_made_shown_with_how_to_use_it_and_not_again()
    {
        var panel = RenderPanel();
        await panel.Button("Make a calendar address").ClickAsync(new());

        var address = panel.Field("Calendar address").GetAttribute("value")!;
        Assert.Matches("^https://postman.example/calendar/[0-9A-Za-z]{43}[.]ics$", address);
        panel.Says("Subscribe from web");

        var later = RenderPanel();
        later.Says("Your calendar has had an address since 5 Jan 2026, 17:00 SGT");
        Assert.DoesNotContain("/calendar/", later.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_is_asked_about_first_and_replaces_the_old()
    {
        var panel = RenderPanel();
        await panel.Button("Make a calendar address").ClickAsync(new());
        var first = panel.Field("Calendar address").GetAttribute("value");

        await panel.Button("New address").ClickAsync(new());
        panel.Says("The current address stops working");
        Assert.Equal(first, panel.Field("Calendar address").GetAttribute("value"));
        await panel.Button("Make a new address").ClickAsync(new());

        Assert.NotEqual(first, panel.Field("Calendar address").GetAttribute("value"));
        await using var db = Databases.CreateDbContext();
        Assert.Equal(1, await db.CalendarFeeds.CountAsync());
    }

    [Fact]
    public async Task Keeping_it_keeps_it_and_removing_it_removes_it()
    {
        var panel = RenderPanel();
        await panel.Button("Make a calendar address").ClickAsync(new());
        await panel.Button("Remove").ClickAsync(new());
        await panel.Button("Keep it").ClickAsync(new());
        await using var db = Databases.CreateDbContext();
        Assert.Equal(1, await db.CalendarFeeds.CountAsync());

        await panel.Button("Remove").ClickAsync(new());
        await panel.Button("Remove the address").ClickAsync(new());

        panel.Says("The address was removed and no longer works.");
        Assert.Equal(0, await db.CalendarFeeds.CountAsync());
        Assert.NotNull(panel.Button("Make a calendar address"));
    }

    [Fact]
    public async Task Whoever_goes_by_keyboard_is_led_on_when_the_button_that_was_pressed_is_gone()
    {
        var panel = RenderPanel();
        JSInterop.VerifyNotInvoke("Blazor._internal.domWrapper.focus");

        foreach (var (button, moves) in new[] { ("Make a calendar address", 1), ("New address", 2), ("Keep it", 3), ("Remove", 4), ("Remove the address", 5) })
        {
            await panel.Button(button).ClickAsync(new());

            JSInterop.VerifyInvoke("Blazor._internal.domWrapper.focus", moves);
        }
    }

    [Fact]
    public async Task A_failure_is_said_and_tried_again()
    {
        await using var db = Databases.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE CalendarFeeds RENAME TO Away");
        var panel = RenderPanel();
        panel.Says("Your calendar’s address couldn’t be loaded.");

        await db.Database.ExecuteSqlAsync($"ALTER TABLE Away RENAME TO CalendarFeeds");
        await panel.Button("Try again").ClickAsync(new());

        Assert.NotNull(panel.Button("Make a calendar address"));
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    private IRenderedComponent<CalendarPanel> RenderPanel() => Render<CalendarPanel>(parameters => parameters.Add(panel => panel.AccountId, Account.Id));
}
