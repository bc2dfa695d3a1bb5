using AngleSharp.Dom;
using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Rotation.Guide;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation.Guide;

/// <summary>How a rotation ends, as the person chooses it in the guide.</summary>
public sealed class EndChoicesTests : PanelTestContext
{
    private const string Automatic = "Delete Grants automatically once it’s safe";
    private const string Rename = "When it’s deleted, rename Grants (2) to Grants";

    [Fact]
    public async Task Both_are_chosen_once_and_stay_until_they_are_taken_back()
    {
        var (old, _) = await AddRotationAsync();
        var guide = RenderGuide(old);
        Assert.False(Box(guide, Automatic).IsChecked());

        await Box(guide, Automatic).ChangeAsync(new() { Value = true });
        await Box(guide, Rename).ChangeAsync(new() { Value = true });

        guide.Says($"Chosen by {Account.Email}.");
        var again = RenderGuide(old);
        Assert.True(Box(again, Automatic).IsChecked());
        Assert.True(Box(again, Rename).IsChecked());
        await Box(again, Automatic).ChangeAsync(new() { Value = false });
        Assert.DoesNotContain("Chosen by", again.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announced_deletion_is_said_with_its_time_and_can_be_stopped()
    {
        var (old, replacement) = await AddRotationAsync();
        var guide = RenderGuide(old);
        await Box(guide, Automatic).ChangeAsync(new() { Value = true });
        await Databases.CallAsync(replacement, TestClock.Start);
        Keys.Clock.AdjustTime(TestClock.Start.AddDays(1));
        await Keys.Get<AutoDeleteSweep>().RunAsync(CancellationToken.None);
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));

        guide.Says("Grants will be deleted on 7 Jan 2026, 17:00 SGT");
        await Box(guide, Automatic).ChangeAsync(new() { Value = false });

        Assert.DoesNotContain("will be deleted on", guide.Text(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(await Keys.Get<RotationReport>().ListAsync(Account.Id, CancellationToken.None)).Automatic.DeleteAt);
    }

    [Fact]
    public async Task After_the_end_one_click_gives_the_old_label_back()
    {
        var (old, replacement) = await AddRotationAsync();
        var guide = RenderGuide(old);
        await Keys.DeleteAsync(Account, old);
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));

        guide.Says("This rotation is complete");
        await guide.Button("Rename Grants (2) to Grants").ClickAsync(new());

        guide.Says("Grants (2) is now called Grants.");
        Assert.DoesNotContain(guide.FindAll("button"), button => button.TextContent.Contains("Rename", StringComparison.Ordinal));
        Assert.Equal("Grants", (await Keys.FindAsync(Account, replacement))!.Label);
    }

    [Fact]
    public async Task A_label_that_another_key_has_by_then_is_said_to_be_taken()
    {
        var (old, _) = await AddRotationAsync();
        var guide = RenderGuide(old);
        await Keys.DeleteAsync(Account, old);
        await AddKeyAsync("Grants");
        Keys.Clock.Advance(TimeSpan.FromSeconds(3));

        guide.Says("This rotation is complete");
        await guide.Button("Rename Grants (2) to Grants").ClickAsync(new());

        guide.Says("Another key is called “Grants” by now");
    }

    [Fact]
    public async Task Programs_that_never_switched_keep_step_2_open_also_when_the_old_key_has_expired()
    {
        var (old, replacement) = await AddRotationAsync(ApiKeyLifetime.Days30);
        Keys.Clock.AdjustTime(TestClock.Start.AddDays(29));
        await Databases.CallAsync(old, Keys.Clock.GetUtcNow(), "10.1.2.9", "weekly/1");
        await Databases.CallAsync(replacement, Keys.Clock.GetUtcNow(), "10.1.2.3");
        Keys.Clock.AdjustTime(TestClock.Start.AddDays(31));

        var guide = RenderGuide(old);

        guide.Says("Expired: safe to delete");
        guide.Says("0 of 1 program switched");
        Assert.Equal("Switch your systems", guide.Find("[aria-current=step] h2").TextContent.Split(": ")[^1]);
    }

    private static IElement Box(IRenderedComponent<RotationGuide> guide, string name) =>
        guide.FindAll("label").Single(label => label.TextContent.Trim() == name).QuerySelector("input")!;

    private IRenderedComponent<RotationGuide> RenderGuide(Guid key) => Render<RotationGuide>(parameters => parameters
        .Add(guide => guide.AccountId, Account.Id)
        .Add(guide => guide.AccountEmail, Account.Email!)
        .Add(guide => guide.KeyId, key));

    private async Task<(Guid Old, Guid New)> AddRotationAsync(ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths)
    {
        var old = (await Keys.IssueAsync(Account, "Grants", lifetime)).Id;
        var started = Assert.IsType<StartRotationResult.Started>(await Keys.Get<KeyRotations>().StartAsync(
            Account.Id, old, new NewApiKey("Grants (2)", [Account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(Account), CancellationToken.None));
        return (old, started.Replacement.Id);
    }
}
