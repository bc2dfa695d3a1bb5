using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Usage.Recording;

/// <summary>Just after its first call, or where a crash took the count of its calls along, a key is used for all who ask.</summary>
public sealed class KnownUseTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued issued = null!;

    public override async Task InitializeAsync()
    {
        account = await keys.AddAccountAsync();
        issued = await keys.IssueAsync(account, "Grants", ApiKeyLifetime.Days90);
        await keys.Verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None);
        keys.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task The_list_says_when_it_was_used() => Assert.Equal(TestClock.Start, (await keys.FindAsync(account, issued.Id))!.LastUsedAt);

    [Fact]
    public async Task Its_deletion_asks_for_the_label() =>
        Assert.True((await keys.Get<DeletionRisks>().AssessAsync(account.Id, issued.Id, CancellationToken.None))!.AsksForLabel);

    [Fact]
    public async Task Whoever_checks_it_reads_when_it_was_used()
    {
        var check = keys.Get<KeyCheck>();

        var found = await check.CheckAsync(account.Id, issued.Token.Plaintext, CancellationToken.None);

        Assert.Equal(TestClock.Start, Assert.Single(Assert.IsType<KeyCheckResult.Yours>(found).Keys).LastUsedAt);
    }

    [Fact]
    public async Task The_history_says_when_it_was_used()
    {
        await keys.DeleteAsync(account, issued.Id);

        var page = await keys.Get<KeyHistory>().ListAsync(account.Id, 0, CancellationToken.None);

        Assert.Equal(TestClock.Start, Assert.Single(page.Keys).LastUsedAt);
    }

    [Fact]
    public async Task An_old_key_whose_first_call_comes_after_the_new_one_s_still_counts_as_used()
    {
        var old = await keys.IssueAsync(account, "Payments");
        var started = Assert.IsType<StartRotationResult.Started>(await keys.Get<KeyRotations>().StartAsync(
            account.Id, old.Id, new NewApiKey("Payments (2)", [account.Email!], ApiKeyLifetime.SixMonths), TestKeys.By(account), CancellationToken.None));
        await keys.Verifier.VerifyAsync(started.Replacement.Token.Plaintext, CancellationToken.None);
        keys.Clock.Advance(TimeSpan.FromMinutes(1));

        await keys.Verifier.VerifyAsync(old.Token.Plaintext, CancellationToken.None);

        var rotation = Assert.Single(await keys.Get<RotationReport>().ListAsync(account.Id, CancellationToken.None));
        Assert.Equal(RotationReadiness.OldStillUsed, rotation.State.Readiness);
    }

    public void Dispose() => keys.Dispose();
}
