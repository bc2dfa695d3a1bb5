using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys;

/// <summary>Whoever names another account's key gets the answer for a key that doesn't exist, and the key stays as it was.</summary>
public sealed class ApiKeyIsolationTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private Account owner = null!;
    private Account stranger = null!;
    private IssueApiKeyResult.Issued issued = null!;

    public override async Task InitializeAsync()
    {
        owner = await keys.AddAccountAsync("owner@agency.gov.sg");
        stranger = await keys.AddAccountAsync("stranger@agency.gov.sg");
        issued = await keys.IssueAsync(owner, "Grant system");
    }

    [Fact]
    public async Task Another_account_s_keys_are_not_listed()
    {
        await keys.IssueAsync(stranger, "Payments");

        Assert.Equal(["Payments"], (await keys.ListAsync(stranger)).Select(key => key.Label));
    }

    [Fact]
    public async Task Another_account_s_key_is_found_as_little_as_an_unknown_one()
    {
        Assert.Null(await keys.FindAsync(stranger, Guid.NewGuid()));
        Assert.Null(await keys.FindAsync(stranger, issued.Id));
        Assert.NotNull(await keys.FindAsync(owner, issued.Id));
    }

    [Fact]
    public async Task Another_account_s_key_is_changed_as_little_as_an_unknown_one()
    {
        var unknown = await keys.ChangeAsync(stranger, Guid.NewGuid(), "Mine now", "stranger@agency.gov.sg");

        Assert.Equal(new ChangeApiKeyResult.NotFound(), unknown);
        Assert.Equal(unknown, await keys.ChangeAsync(stranger, issued.Id, "Mine now", "stranger@agency.gov.sg"));
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task The_label_of_another_account_s_key_is_not_an_answer_either()
    {
        await keys.IssueAsync(stranger, "Payments");

        Assert.IsType<ChangeApiKeyResult.NotFound>(await keys.ChangeAsync(stranger, issued.Id, "Payments", "stranger@agency.gov.sg"));
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task Another_account_s_key_is_deleted_as_little_as_an_unknown_one()
    {
        Assert.False(await keys.DeleteAsync(stranger, Guid.NewGuid()));
        Assert.False(await keys.DeleteAsync(stranger, issued.Id));
        await AssertUntouchedAsync();
    }

    public void Dispose() => keys.Dispose();

    private async Task AssertUntouchedAsync()
    {
        var key = await keys.FindAsync(owner, issued.Id);
        Assert.NotNull(key);
        Assert.Equal("Grant system", key.Label);
        Assert.Equal(["owner@agency.gov.sg"], key.Contacts);
        Assert.IsType<ApiKeyVerification.Accepted>(await keys.Verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None));
    }
}
