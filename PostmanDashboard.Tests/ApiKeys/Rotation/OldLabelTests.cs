using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>“Grants (2)” is called “Grants” again once the old key is gone, so that the fifth rotation isn't called “(6)”.</summary>
public sealed class OldLabelTests : AsyncLifetime, IDisposable
{
    private static readonly Actor Mei = new("mei@agency.gov.sg", "192.0.2.1");

    private readonly TestReminders reminders = new();
    private Account account = null!;

    private TestKeys Keys => reminders.Keys;

    private RotationChoices Choices => Keys.Get<RotationChoices>();

    public void Dispose() => reminders.Dispose();

    public override async Task InitializeAsync() => account = await Keys.AddAccountAsync();

    [Fact]
    public async Task Five_rotations_later_the_key_is_still_called_the_same()
    {
        var key = (await Keys.IssueAsync(account, "Grants")).Id;
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal("Grants (2)", (await FindAsync(key)).SuggestedLabel);
            var replacement = await RotateAsync(key, takesOldLabel: true);
            await Keys.DeleteAsync(account, key);
            key = replacement;
            Assert.Equal("Grants", Assert.Single(await Keys.ListAsync(account)).Label);
        }

        var renamed = (await Keys.Get<KeyActivity>().ListAsync(account.Id, key, beforeId: null, CancellationToken.None))[0];
        Assert.Equal((KeyEventKind.LabelChanged, "Grants (2) → Grants"), (renamed.Kind, renamed.Detail));
        await reminders.SendAsync();
        Assert.Equal(5, reminders.Mail.Sent.Count(mail => mail.TextBody!.Contains(", which was called “Grants (2)” until now.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_that_is_deleted_by_itself_leaves_its_label_as_well()
    {
        var key = (await Keys.IssueAsync(account, "Grants")).Id;
        var replacement = await RotateAsync(key, takesOldLabel: true);
        await Choices.DeleteByItselfAsync(account.Id, (await FindAsync(key)).Current!.Id, Mei, CancellationToken.None);
        await Keys.Database.CallAsync(replacement, TestClock.Start);
        for (var day = 0; day < 3; day++)
        {
            Keys.Clock.Advance(TimeSpan.FromDays(1));
            await Keys.Get<AutoDeleteSweep>().RunAsync(CancellationToken.None);
        }

        Assert.Equal((replacement, "Grants"), Assert.Single((await Keys.ListAsync(account)).Select(one => (one.Id, one.Label))));
    }

    [Fact]
    public async Task Where_it_was_not_chosen_it_stays_and_can_be_had_later_unless_another_key_has_it()
    {
        var key = (await Keys.IssueAsync(account, "Grants")).Id;
        var replacement = await RotateAsync(key, takesOldLabel: false);
        Assert.False(await RenameAsync(key));
        await Keys.DeleteAsync(account, key);
        Assert.Equal("Grants (2)", Assert.Single(await Keys.ListAsync(account)).Label);

        var other = (await Keys.IssueAsync(account, "GRANTS")).Id;
        Assert.False(await RenameAsync(key));
        await Keys.DeleteAsync(account, other);
        Assert.False(await Choices.RenameAsync(Guid.NewGuid(), key, Mei, CancellationToken.None));
        Assert.True(await RenameAsync(key));

        Assert.Equal((replacement, "Grants"), Assert.Single((await Keys.ListAsync(account)).Select(one => (one.Id, one.Label))));
    }

    [Fact]
    public async Task Of_many_that_want_the_label_at_the_same_moment_one_gets_it()
    {
        var key = (await Keys.IssueAsync(account, "Grants")).Id;
        await RotateAsync(key, takesOldLabel: false);
        await Keys.DeleteAsync(account, key);

        var got = await Together.RunAsync(8, async number => number % 2 == 0
            ? await RenameAsync(key)
            : await Keys.TryIssueAsync(account, "Grants") is IssueApiKeyResult.Issued);

        var named = (await Keys.ListAsync(account)).Count(one => one.Label == "Grants");
        Assert.Equal(1, named);
        Assert.Contains(true, got);
    }

    private async Task<Guid> RotateAsync(Guid key, bool takesOldLabel)
    {
        var started = Assert.IsType<StartRotationResult.Started>(await Keys.Get<KeyRotations>().StartAsync(
            account.Id, key, new NewApiKey("Grants (2)", [account.Email!], ApiKeyLifetime.SixMonths), Mei, CancellationToken.None));
        if (takesOldLabel)
        {
            Assert.True(await Choices.TakeOldLabelAsync(account.Id, (await FindAsync(key)).Current!.Id, takes: true, CancellationToken.None));
        }

        return started.Replacement.Id;
    }

    private Task<bool> RenameAsync(Guid oldKey) => Choices.RenameAsync(account.Id, oldKey, Mei, CancellationToken.None);

    private async Task<RotationSituation> FindAsync(Guid key) =>
        (await Keys.Get<RotationReport>().FindAsync(account.Id, key, CancellationToken.None))!;
}
