using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>How rotations begin and end.</summary>
public sealed class KeyRotationsTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new(maxPerAccount: 50);
    private KeyRotations rotations = null!;
    private RotationReport report = null!;
    private Account account = null!;
    private Guid old;

    public override async Task InitializeAsync()
    {
        rotations = keys.Get<KeyRotations>();
        report = keys.Get<RotationReport>();
        account = await keys.AddAccountAsync();
        old = (await keys.IssueAsync(account, "Grants", ApiKeyLifetime.Days90, "ann@agency.gov.sg", "ben@agency.gov.sg")).Id;
    }

    [Fact]
    public async Task A_replacement_is_a_key_like_any_other_and_both_work()
    {
        var replacement = (await StartAsync("Grants (2)", ApiKeyLifetime.Days30)).Replacement;

        var key = await keys.FindAsync(account, replacement.Id);
        Assert.Equal(("Grants (2)", TestClock.Start.AddDays(30)), (key!.Label, key.ExpiresAt));
        var situation = await FindAsync(old);
        Assert.Equal((old, replacement.Id), (situation!.Old.Key.Id, situation.Current!.New.Key.Id));
        Assert.Equal(situation.Current.Id, (await FindAsync(replacement.Id))!.Current!.Id);
        Assert.Equal(RotationReadiness.NewUnused, Assert.Single(await ListAsync()).State.Readiness);
        await using var db = keys.Database.CreateDbContext();
        Assert.True(await db.Reminders.AnyAsync(reminder => reminder.ApiKeyId == replacement.Id));
        Assert.IsType<ApiKeyVerification.Accepted>(await keys.Verifier.VerifyAsync(replacement.Token.Plaintext, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_wrong_with_a_new_key_is_wrong_with_a_replacement_and_begins_nothing()
    {
        Assert.Equal(new IssueApiKeyResult.LabelTaken(), Why(await TryStartAsync(old, "GRANTS")));
        Assert.IsType<IssueApiKeyResult.Invalid>(Why(await TryStartAsync(old, " ")));
        Assert.NotNull(Assert.IsType<IssueApiKeyResult.Invalid>(Why(await TryStartAsync(old, "Grants (2)", contacts: []))).ContactsProblem);
        await keys.SetDisabledAsync(account, TestClock.Start);
        Assert.IsType<IssueApiKeyResult.AccountDisabled>(Why(await TryStartAsync(old, "Grants (2)")));

        Assert.Empty(await ListAsync());
        Assert.Single(await keys.ListAsync(account));
    }

    [Fact]
    public async Task The_limit_of_live_keys_holds_for_replacements_too()
    {
        for (var number = 1; number < 50; number++)
        {
            await keys.IssueAsync(account, $"Other {number}");
        }

        Assert.Equal(new IssueApiKeyResult.LimitReached(50), Why(await TryStartAsync(old, "Grants (2)")));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_key_that_is_unknown_deleted_or_expired_is_not_rotated()
    {
        Assert.Equal(new StartRotationResult.NotFound(), await TryStartAsync(Guid.NewGuid(), "Grants (2)"));
        keys.Clock.SetUtcNow(TestClock.Start.AddDays(90));
        Assert.Equal(new StartRotationResult.Expired(), await TryStartAsync(old, "Grants (2)"));
        await keys.DeleteAsync(account, old);
        Assert.Equal(new StartRotationResult.NotFound(), await TryStartAsync(old, "Grants (2)"));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Twenty_clicks_at_once_make_one_replacement_and_tell_the_others()
    {
        var results = await Together.RunAsync(20, _ => TryStartAsync(old, "Grants (2)"));

        var made = Assert.Single(results.OfType<StartRotationResult.Started>());
        Assert.Equal(19, results.OfType<StartRotationResult.AlreadyRotating>().Count());
        Assert.Equal(made.Replacement.Id, Assert.Single(await ListAsync()).NewKeyId);
        Assert.Equal(2, (await keys.ListAsync(account)).Count);
    }

    [Fact]
    public async Task Twenty_clicks_with_labels_of_their_own_make_one_replacement_too()
    {
        var results = await Together.RunAsync(20, number => TryStartAsync(old, $"Grants {number}"));

        Assert.Single(results.OfType<StartRotationResult.Started>());
        Assert.Equal(19, results.OfType<StartRotationResult.AlreadyRotating>().Count());
        Assert.Equal(2, (await keys.ListAsync(account)).Count);
    }

    [Fact]
    public async Task Neither_key_of_a_rotation_begins_another_while_it_is_ongoing()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;

        Assert.Equal(new StartRotationResult.AlreadyRotating(), await TryStartAsync(old, "Grants (3)"));
        Assert.Equal(new StartRotationResult.AlreadyRotating(), await TryStartAsync(replacement.Id, "Grants (3)"));
    }

    [Fact]
    public async Task Deleting_the_old_key_completes_the_rotation_and_the_new_one_can_be_rotated_next()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;

        await keys.DeleteAsync(account, old);

        Assert.Empty(await ListAsync());
        var ended = (await FindAsync(old))!.Current!;
        Assert.Equal((TestClock.Start, null), (ended.CompletedAt, ended.State));
        var next = await FindAsync(replacement.Id);
        Assert.Equal((replacement.Id, null, "Grants (3)"), (next!.Old.Key.Id, next.Current, next.SuggestedLabel));
        Assert.IsType<StartRotationResult.Started>(await TryStartAsync(replacement.Id, "Grants (3)"));
    }

    [Fact]
    public async Task Deleting_the_new_key_abandons_the_rotation_and_the_old_one_can_be_rotated_again()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;

        await keys.DeleteAsync(account, replacement.Id);

        Assert.Empty(await ListAsync());
        Assert.Null((await FindAsync(replacement.Id))!.Current);
        Assert.Null((await FindAsync(old))!.Current);
        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(RotationEnd.Abandoned, (await db.KeyRotations.SingleAsync()).End);
        Assert.IsType<StartRotationResult.Started>(await TryStartAsync(old, "Grants (2)"));
    }

    [Fact]
    public async Task A_rotation_that_is_abandoned_leaves_both_keys_and_ends_once()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;
        var id = Assert.Single(await ListAsync()).Id;

        Assert.True(await rotations.AbandonAsync(account.Id, id, TestKeys.By(account), CancellationToken.None));
        Assert.False(await rotations.AbandonAsync(account.Id, id, TestKeys.By(account), CancellationToken.None));

        Assert.Equal(2, (await keys.ListAsync(account)).Count);
        Assert.Null((await FindAsync(old))!.Current);
        Assert.Null((await FindAsync(replacement.Id))!.Current);
        // The deletion of a key is no completion of what was given up.
        await keys.DeleteAsync(account, old);
        Assert.Null((await FindAsync(old))!.Current);
    }

    [Fact]
    public async Task The_report_names_who_called_first_and_last_and_who_is_behind()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;
        await keys.Database.CallAsync(old, TestClock.Start.AddMinutes(58), "10.1.2.9", "grants/1.4");
        await keys.Database.CallAsync(replacement.Id, TestClock.Start.AddMinutes(62), "10.1.2.3", "grants/1.4");
        await keys.Database.CallAsync(replacement.Id, TestClock.Start.AddMinutes(63), "10.1.2.4", "grants/1.4");
        keys.Clock.SetUtcNow(TestClock.Start.AddHours(3));

        var situation = (await FindAsync(old))!;

        Assert.Equal(("10.1.2.9", "grants/1.4"), (situation.Old.Key.LastUsedFrom, situation.Old.LastUsedBy));
        Assert.Equal((TestClock.Start.AddMinutes(62), "10.1.2.3"), (situation.Current!.New.FirstUsedAt, situation.Current.New.FirstUsedFrom));
        Assert.Equal(("10.1.2.9", CallerStage.StillOld), (situation.Current.Callers[0].Address, situation.Current.Callers[0].Stage));
        Assert.Equal(RotationReadiness.Quiet, situation.Current.State!.Readiness);
        Assert.Equal(RotationReadiness.Quiet, Assert.Single(await ListAsync()).State.Readiness);
    }

    [Fact]
    public async Task Whoever_names_another_account_s_rotation_gets_the_answer_for_one_that_does_not_exist()
    {
        var replacement = (await StartAsync("Grants (2)")).Replacement;
        var id = Assert.Single(await ListAsync()).Id;
        var stranger = await keys.AddAccountAsync("stranger@agency.gov.sg");
        var other = (await keys.IssueAsync(stranger, "Payments")).Id;

        Assert.Empty(await report.ListAsync(stranger.Id, CancellationToken.None));
        Assert.Null(await report.FindAsync(stranger.Id, old, CancellationToken.None));
        Assert.Null(await report.FindAsync(stranger.Id, replacement.Id, CancellationToken.None));
        Assert.False(await rotations.AbandonAsync(stranger.Id, id, TestKeys.By(stranger), CancellationToken.None));
        Assert.Null(await keys.Get<DeletionRisks>().AssessAsync(stranger.Id, old, CancellationToken.None));
        var request = new NewApiKey("Mine now", ["stranger@agency.gov.sg"], ApiKeyLifetime.Days30);
        Assert.Equal(new StartRotationResult.NotFound(), await rotations.StartAsync(stranger.Id, old, request, TestKeys.By(stranger), CancellationToken.None));
        Assert.Equal(
            new StartRotationResult.NotFound(),
            await rotations.StartAsync(stranger.Id, replacement.Id, request, TestKeys.By(stranger), CancellationToken.None));

        Assert.Single(await ListAsync());
        Assert.Equal([other], (await keys.ListAsync(stranger)).Select(key => key.Id));
        await keys.DeleteAsync(account, old);
        Assert.Null(await report.FindAsync(stranger.Id, old, CancellationToken.None));
    }

    public void Dispose() => keys.Dispose();

    private static IssueApiKeyResult Why(StartRotationResult result) => Assert.IsType<StartRotationResult.NotIssued>(result).Why;

    private Task<StartRotationResult> TryStartAsync(
        Guid key, string label, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, IReadOnlyList<string>? contacts = null) =>
        rotations.StartAsync(account.Id, key, new NewApiKey(label, contacts ?? ["ann@agency.gov.sg"], lifetime), TestKeys.By(account), CancellationToken.None);

    private async Task<StartRotationResult.Started> StartAsync(string label, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths) =>
        Assert.IsType<StartRotationResult.Started>(await TryStartAsync(old, label, lifetime));

    private Task<RotationSituation?> FindAsync(Guid key) => report.FindAsync(account.Id, key, CancellationToken.None);

    private Task<IReadOnlyList<RotationSummary>> ListAsync() => report.ListAsync(account.Id, CancellationToken.None);
}
