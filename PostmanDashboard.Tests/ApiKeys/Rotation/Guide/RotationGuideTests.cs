using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Guide;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation.Guide;

/// <summary>The page that leads through a rotation, in each of its states.</summary>
public sealed class RotationGuideTests : PanelTestContext
{
    [Fact]
    public async Task The_first_step_offers_the_next_label_and_the_same_contacts()
    {
        var key = await AddKeyAsync("Grants", "ann@agency.gov.sg", "ben@agency.gov.sg");

        var guide = RenderGuide(key.Id);

        Assert.Equal("Grants (2)", guide.Field("Label").GetAttribute("value"));
        Assert.Equal(["ann@agency.gov.sg", "ben@agency.gov.sg"], guide.FindAll(".contacts-chip span").Select(chip => chip.TextContent));
        Assert.Equal("Create the replacement", CurrentStep(guide));
        Assert.DoesNotContain(guide.FindAll("button"), button => button.TextContent.Trim() == "Stop rotation");
    }

    [Fact]
    public async Task Creating_shows_the_key_once_and_continues_with_the_switch()
    {
        var key = await AddKeyAsync("Grants");
        _ = Dialogs;
        var guide = RenderGuide(key.Id);

        var handled = guide.Button("Create replacement").ClickAsync(new());
        Dialogs.WaitForElement("#api-key");
        Assert.True(ApiKeyToken.TryParse(Dialogs.Find("#api-key").GetAttribute("value"), out var token));
        await Dialogs.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });
        await Dialogs.Button("Done").ClickAsync(new());
        await handled;

        guide.Says("The replacement is ready to use. Both keys work now.");
        Assert.Equal("Switch your systems", CurrentStep(guide));
        guide.Says("“Grants (2)” hasn’t been used yet.");
        Assert.DoesNotContain(token.Plaintext, guide.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_clicks_second_is_told_and_sees_the_replacement_that_was_made()
    {
        var key = await AddKeyAsync("Grants");
        var guide = RenderGuide(key.Id);
        await RotateAsync(key.Id, "Grants of a colleague");

        await guide.Button("Create replacement").ClickAsync(new());

        guide.Says("A replacement was just created");
        guide.Says("Grants of a colleague");
        Assert.Equal(2, (await Keys.ListAsync(Account)).Count);
    }

    [Fact]
    public async Task A_label_that_is_taken_is_told_at_its_field()
    {
        var key = await AddKeyAsync("Grants");
        var guide = RenderGuide(key.Id);

        await guide.Field("Label").InputAsync(new() { Value = "grants" });
        await guide.Button("Create replacement").ClickAsync(new());

        guide.Says("You already have a key with this label.");
        Assert.Equal("Create the replacement", CurrentStep(guide));
    }

    [Fact]
    public async Task An_account_that_is_full_is_told_what_helps()
    {
        var key = await AddKeyAsync("Grants");
        for (var number = 1; number < 50; number++)
        {
            await AddKeyAsync($"System {number}");
        }

        var guide = RenderGuide(key.Id);
        await guide.Button("Create replacement").ClickAsync(new());

        guide.Says("You have 50 live keys");
        guide.Says("ask whoever runs this dashboard to raise the limit (ApiKeys:MaxPerAccount)");
    }

    [Fact]
    public async Task Calls_show_by_themselves_and_name_who_is_behind()
    {
        var (old, replacement) = await AddRotationAsync();
        var guide = RenderGuide(old);
        await Databases.CallAsync(old, TestClock.Start.AddMinutes(4), "10.1.2.9", "surveys/2.0");
        await Databases.CallAsync(old, TestClock.Start.AddMinutes(1), "10.1.2.3", "grants/1.4");
        await Databases.CallAsync(replacement, TestClock.Start.AddMinutes(2), "10.1.2.3", "grants/1.4");

        Keys.Clock.AdjustTime(TestClock.Start.AddMinutes(5));
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));

        guide.Says("1 program still uses the old key and hasn’t used the new one: 10.1.2.9 (surveys/2.0).");
        guide.Says("Something still called with “Grants” after “Grants (2)” came into use, last at 17:04 SGT.");
        Assert.Equal(["10.1.2.9 (surveys/2.0)", "10.1.2.3 (grants/1.4)"], guide.FindAll(".switch-table tbody th").Select(row => row.TextContent));
        Assert.Equal(["Still the old key", "Switched"], guide.FindAll(".switch-table .badge").Select(row => row.TextContent));
        Assert.Contains("First call5 Jan 2026, 17:02 SGT", Squeezed(guide.Find(".key-card-new").TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Not yet", "Switch your systems")]
    [InlineData(5, "Quiet for 5 hours", "Delete the old key")]
    [InlineData(5, "nothing has called with “Grants” since 5 Jan 2026, 17:00 SGT", "Delete the old key")]
    [InlineData(25, "Safe to delete", "Delete the old key")]
    public async Task The_last_step_says_how_far_it_is(int hours, string says, string step)
    {
        var (old, replacement) = await AddRotationAsync();
        if (hours > 0)
        {
            await Databases.CallAsync(replacement, TestClock.Start);
        }

        Keys.Clock.AdjustTime(TestClock.Start.AddHours(hours));

        var guide = RenderGuide(old);

        guide.Says(says);
        Assert.Equal(step, CurrentStep(guide));
        Assert.Equal(guide.Text(), RenderGuide(replacement).Text());
    }

    [Fact]
    public async Task Once_it_is_quiet_nobody_who_was_seen_with_the_new_key_is_said_not_to_be()
    {
        var (old, replacement) = await AddRotationAsync();
        foreach (var (address, minutes) in new[] { ("10.1.2.1", 5), ("10.1.2.2", 0) })
        {
            await Databases.CallAsync(replacement, TestClock.Start, address);
            await Databases.CallAsync(old, TestClock.Start.AddMinutes(1), address);
            await Databases.CallAsync(replacement, TestClock.Start.AddMinutes(minutes), address);
        }

        await Databases.CallAsync(old, TestClock.Start.AddDays(-3), "10.1.2.3");
        var guide = RenderGuide(old);
        guide.Says("Would stop working if you deleted it now: 10.1.2.1 (grants/1.4), 10.1.2.2 (grants/1.4), 10.1.2.3 (grants/1.4).");

        Keys.Clock.AdjustTime(TestClock.Start.AddHours(25));
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));

        guide.Says("Waiting for 2 programs");
        guide.Says("Not seen with the new key yet: 10.1.2.3 (grants/1.4).");
        guide.Says("Seen with the new key, but last with the old one: 10.1.2.2 (grants/1.4).");
    }

    [Fact]
    public async Task The_switch_is_done_when_every_program_has_switched_or_is_said_to_be_gone_and_not_before()
    {
        var key = (await AddKeyAsync("Grants")).Id;
        await Databases.CallAsync(key, TestClock.Start.AddDays(-6), "10.1.2.7", "nightly/1");
        await Databases.CallAsync(key, TestClock.Start.AddMinutes(-1), "10.1.2.3", "grants/1");
        var replacement = await RotateAsync(key, "Grants (2)");
        await Databases.CallAsync(replacement, TestClock.Start, "10.1.2.3", "grants/1");
        Keys.Clock.AdjustTime(TestClock.Start.AddHours(25));
        var guide = RenderGuide(key);
        guide.Says("1 of 2 programs switched");
        guide.Says("Waiting for 1 program");
        Assert.Equal("Switch your systems", CurrentStep(guide));

        await guide.Find("button[aria-label='It’s gone: 10.1.2.7 (nightly/1)']").ClickAsync(new());
        guide.Says("1 of 1 program switched, 1 gone");
        guide.Says("Safe to delete");
        Assert.Equal("Delete the old key", CurrentStep(guide));

        await guide.Find("button[aria-label='It isn’t gone: 10.1.2.7 (nightly/1)']").ClickAsync(new());
        guide.Says("1 of 2 programs switched");
        Assert.Equal("Switch your systems", CurrentStep(guide));
        await guide.Find("button[aria-label='It’s gone: 10.1.2.7 (nightly/1)']").ClickAsync(new());
        guide.Says("1 of 1 program switched, 1 gone");

        await Databases.CallAsync(key, TestClock.Start.AddHours(25), "10.1.2.7", "nightly/1");
        Keys.Clock.Advance(TimeSpan.FromHours(2));
        guide.Says("1 of 2 programs switched");
        Assert.Equal("Switch your systems", CurrentStep(guide));
    }

    [Fact]
    public async Task Whoever_lost_the_new_key_can_have_another_secret_until_something_has_called_with_it()
    {
        var (old, replacement) = await AddRotationAsync();
        var before = await HashAsync(replacement);
        _ = Dialogs;
        var guide = RenderGuide(old);

        var handled = guide.Find("button[aria-label^='Replace secret of']").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        _ = Dialogs.Button("Replace secret").ClickAsync(new());
        Dialogs.WaitForElement("#api-key");

        Assert.NotEqual(before, await HashAsync(replacement));
        await Databases.CallAsync(replacement, TestClock.Start);
        Assert.Empty(RenderGuide(old).FindAll("button[aria-label^='Replace secret of']"));
        Assert.False(handled.IsFaulted);
    }

    [Fact]
    public async Task Deleting_finishes_the_rotation()
    {
        var (old, replacement) = await AddRotationAsync();
        await Databases.CallAsync(replacement, TestClock.Start);
        Keys.Clock.AdjustTime(TestClock.Start.AddHours(24));
        _ = Dialogs;
        var guide = RenderGuide(replacement);

        var handled = guide.Button("Delete Grants…").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Button("Delete key").ClickAsync(new());
        await handled;

        guide.Says("Grants was deleted.");
        guide.Says("This rotation is complete");
        Assert.Equal([replacement], (await Keys.ListAsync(Account)).Select(key => key.Id));
        RenderGuide(old).Says("Grants is replaced");
    }

    [Fact]
    public async Task Abandoning_takes_one_confirmation_and_keeps_both_keys()
    {
        var (old, _) = await AddRotationAsync();
        _ = Dialogs;
        var guide = RenderGuide(old);

        var handled = guide.Button("Stop rotation").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.Says("Both keys keep working");
        await Dialogs.Button("Stop rotation").ClickAsync(new());
        await handled;

        guide.Says("The rotation was stopped. Both keys keep working.");
        Assert.Equal(2, (await Keys.ListAsync(Account)).Count);
    }

    [Fact]
    public async Task What_another_tab_did_shows_here_too()
    {
        var (old, _) = await AddRotationAsync();
        var guide = RenderGuide(old);
        var report = Keys.Get<RotationReport>();
        var id = Assert.Single(await report.ListAsync(Account.Id, CancellationToken.None)).Id;

        await Keys.Get<KeyRotations>().AbandonAsync(Account.Id, id, TestKeys.By(Account), CancellationToken.None);
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));
        guide.Says("The rotation was stopped.");

        await Keys.DeleteAsync(Account, old);
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));
        guide.Says("Grants was deleted on 5 Jan 2026, 17:00 SGT, so there’s nothing left to rotate.");
    }

    [Fact]
    public async Task A_failure_leaves_what_is_known_and_says_so()
    {
        var (old, _) = await AddRotationAsync();
        var guide = RenderGuide(old);
        await Databases.BreakKeysAsync();

        Keys.Clock.Advance(TimeSpan.FromSeconds(3));
        guide.Says("This rotation couldn’t be refreshed, so it may be out of date");
        guide.Says("Grants (2)");
        await Databases.MendKeysAsync();
        await guide.Button("Try again").ClickAsync(new());

        Assert.Empty(guide.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task An_expired_key_has_nothing_to_switch_from()
    {
        var key = await AddKeyAsync("Grants");
        Keys.Clock.AdjustTime(key.ExpiresAt);

        var guide = RenderGuide(key.Id);

        guide.Says("Grants has expired");
        Assert.DoesNotContain(guide.FindAll("button"), button => button.TextContent.Trim() == "Create replacement");
    }

    [Fact]
    public async Task A_leak_offers_both_ways_and_says_whom_the_quick_one_hits()
    {
        var key = await AddKeyAsync("Grants");
        await Databases.CallAsync(key.Id, TestClock.Start, "10.1.2.9", "grants/1.4");
        _ = Dialogs;
        var guide = RenderGuide(key.Id);

        var handled = guide.Button("I think it leaked").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        Dialogs.Says("10.1.2.9 (grants/1.4)");
        await Dialogs.Button("Replace first").ClickAsync(new());
        await handled;

        Assert.EndsWith($"/settings/keys/{key.Id}/rotate?leaked=true", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        RenderGuide(key.Id, isUrgent: true).Says("Act quickly: the leaked key works until you delete it.");
    }

    [Fact]
    public async Task Deleting_a_leaked_key_at_once_goes_by_the_dialog_that_deletes()
    {
        var key = await AddKeyAsync("Grants");
        _ = Dialogs;
        var guide = RenderGuide(key.Id);

        var handled = guide.Button("I think it leaked").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        await Dialogs.Button("Delete now").ClickAsync(new());
        Dialogs.WaitForAssertion(() => Dialogs.Button("Delete key"));
        await Dialogs.Button("Delete key").ClickAsync(new());
        await handled;

        guide.Says("Grants was deleted on");
        Assert.Empty(await Keys.ListAsync(Account));
    }

    private static string CurrentStep(IRenderedComponent<RotationGuide> guide) =>
        guide.Find("[aria-current=step] h2").TextContent.Split(": ")[^1];

    private static string Squeezed(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("First call ", "First call", StringComparison.Ordinal);

    private IRenderedComponent<RotationGuide> RenderGuide(Guid key, bool isUrgent = false) => Render<RotationGuide>(parameters => parameters
        .Add(guide => guide.AccountId, Account.Id)
        .Add(guide => guide.AccountEmail, Account.Email!)
        .Add(guide => guide.KeyId, key)
        .Add(guide => guide.IsUrgent, isUrgent));

    private async Task<(Guid Old, Guid New)> AddRotationAsync()
    {
        var key = await AddKeyAsync("Grants");
        return (key.Id, await RotateAsync(key.Id, "Grants (2)"));
    }

    private async Task<Guid> RotateAsync(Guid key, string label)
    {
        var request = new NewApiKey(label, [Account.Email!], ApiKeyLifetime.SixMonths);
        var started = await Keys.Get<KeyRotations>().StartAsync(Account.Id, key, request, TestKeys.By(Account), CancellationToken.None);
        return Assert.IsType<StartRotationResult.Started>(started).Replacement.Id;
    }

    private async Task<byte[]> HashAsync(Guid key)
    {
        await using var db = Databases.CreateDbContext();
        return (await db.ApiKeys.SingleAsync(row => row.Id == key)).Hash;
    }
}
