using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Bearer;

public sealed class ApiKeyVerifierTests : IDisposable
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly TestKeys keys = new();

    [Fact]
    public async Task A_live_key_is_accepted_with_what_it_is_and_whose()
    {
        var (account, issued) = await IssueAsync();

        Assert.Equal(
            new ApiKeyVerification.Accepted(new VerifiedApiKey(
                issued.Id, account.Id, "mei@agency.gov.sg", null, "Grant system", issued.Token.Hint, TestClock.Start, TestClock.Start.AddDays(30))
            {
                Access = KeyAccess.Full,
                LineId = issued.Id,
            }, TestClock.Start),
            await VerifyAsync(issued));
    }

    [Fact]
    public async Task Of_several_keys_the_one_presented_is_found()
    {
        var account = await keys.AddAccountAsync();
        var (one, two) = (await keys.IssueAsync(account, "one"), await keys.IssueAsync(account, "two"));

        Assert.Equal("one", Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(one)).Key.Label);
        Assert.Equal("two", Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(two)).Key.Label);
    }

    [Fact]
    public async Task A_token_of_no_key_is_unknown()
    {
        await IssueAsync();

        Assert.Equal(Refused(ApiKeyRefusal.Unknown), await VerifyAsync(ApiKeyToken.Generate().Plaintext));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pgsg_")]
    [InlineData("pgsg_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph4")]
    [InlineData("Pgsg_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3")]
    public async Task What_cannot_be_a_token_is_malformed_and_the_database_is_not_asked(string? presented)
    {
        var verifier = new ApiKeyVerifier(new NoDatabase(), keys.Cache, keys.Clock);

        Assert.Equal(Refused(ApiKeyRefusal.Malformed), await verifier.VerifyAsync(presented, CancellationToken.None));
    }

    [Fact]
    public async Task A_right_checksum_is_looked_up()
    {
        var verifier = new ApiKeyVerifier(new NoDatabase(), keys.Cache, keys.Clock);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => verifier.VerifyAsync("pgsg_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg26nph3", CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task An_expired_key_is_refused_from_the_instant_of_its_expiry_on()
    {
        var (_, issued) = await IssueAsync();

        keys.Clock.Advance(TimeSpan.FromDays(30) - Millisecond);
        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued));
        keys.Clock.Advance(Millisecond);
        Assert.Equal(Refused(ApiKeyRefusal.Expired, issued.Id), await VerifyAsync(issued));
        keys.Clock.Advance(Millisecond);
        Assert.Equal(Refused(ApiKeyRefusal.Expired, issued.Id), await VerifyAsync(issued));
    }

    [Fact]
    public async Task A_deleted_key_is_refused_from_the_next_call_on()
    {
        var (account, issued) = await IssueAsync();
        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued));

        await keys.DeleteAsync(account, issued.Id);

        Assert.Equal(Refused(ApiKeyRefusal.Deleted, issued.Id), await VerifyAsync(issued));
    }

    [Fact]
    public async Task A_key_stops_with_its_account_and_works_again_with_it()
    {
        var (account, issued) = await IssueAsync();
        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued));

        await keys.SetDisabledAsync(account, TestClock.Start);
        Assert.Equal(Refused(ApiKeyRefusal.AccountDisabled, issued.Id), await VerifyAsync(issued));

        await keys.SetDisabledAsync(account, null);
        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued));
    }

    [Fact]
    public async Task Another_account_s_being_disabled_stops_nothing()
    {
        var (_, issued) = await IssueAsync();

        await keys.SetDisabledAsync(await keys.AddAccountAsync("tan@agency.gov.sg"), TestClock.Start);

        Assert.IsType<ApiKeyVerification.Accepted>(await VerifyAsync(issued));
    }

    [Fact]
    public async Task A_key_that_is_dead_for_several_reasons_names_what_cannot_be_undone()
    {
        var (account, issued) = await IssueAsync();
        await keys.SetDisabledAsync(account, TestClock.Start);
        keys.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(Refused(ApiKeyRefusal.Expired, issued.Id), await VerifyAsync(issued));

        await keys.DeleteAsync(account, issued.Id);

        Assert.Equal(Refused(ApiKeyRefusal.Deleted, issued.Id), await VerifyAsync(issued));
    }

    public void Dispose() => keys.Dispose();

    private static ApiKeyVerification.Refused Refused(ApiKeyRefusal reason, Guid? keyId = null) => new(reason, keyId);

    private async Task<(Account Account, IssueApiKeyResult.Issued Issued)> IssueAsync()
    {
        var account = await keys.AddAccountAsync();
        return (account, await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30));
    }

    private Task<ApiKeyVerification> VerifyAsync(IssueApiKeyResult.Issued issued) => VerifyAsync(issued.Token.Plaintext);

    private Task<ApiKeyVerification> VerifyAsync(string presented) => keys.Verifier.VerifyAsync(presented, CancellationToken.None).AsTask();

    private sealed class NoDatabase : IDbContextFactory<DashboardDbContext>
    {
        public DashboardDbContext CreateDbContext() => throw new InvalidOperationException("The database was asked.");
    }
}
