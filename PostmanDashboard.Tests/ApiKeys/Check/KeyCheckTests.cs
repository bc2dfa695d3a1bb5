using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.ApiKeys.Check;

public sealed class KeyCheckTests : IAsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private KeyCheck check = null!;
    private Account account = null!;
    private IssueApiKeyResult.Issued issued = null!;

    public async Task InitializeAsync()
    {
        check = new KeyCheck(keys.Database, new KeyCheckLimit(keys.Clock), keys.Zone, keys.Clock);
        account = await keys.AddAccountAsync();
        issued = await keys.IssueAsync(account);
    }

    [Fact]
    public async Task A_token_is_recognised_with_what_is_known_of_its_key()
    {
        await keys.Database.NoteUseAsync(issued.Id, TestClock.Start.AddDays(2));
        keys.Clock.Advance(TimeSpan.FromDays(3));

        var key = Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(issued.Token.Plaintext));

        Assert.Equal((issued.Id, "Grant system", issued.Token.Hint, ApiKeyStatus.Live), (key.Id, key.Label, key.Hint, key.Status));
        Assert.Equal((TestClock.Start, TestClock.Start.AddDays(2), "192.0.2.9"), (key.CreatedAt, key.LastUsedAt!.Value, key.LastUsedFrom));
        Assert.Equal(ApiKey.LatestExpiry(TestClock.Start, keys.Zone), key.ExpiresAt);
        Assert.Null(key.DeletedAt);
    }

    [Theory]
    [InlineData("  {0}  ")]
    [InlineData("{0}\r\n")]
    [InlineData("\t{0}\u00a0")]
    public async Task White_space_around_a_pasted_token_does_no_harm(string pasted) =>
        Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(string.Format(null, pasted, issued.Token.Plaintext)));

    [Fact]
    public async Task A_token_that_a_narrow_column_broke_in_two_is_put_together() =>
        Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(issued.Token.Plaintext.Insert(30, "\n  ")));

    [Fact]
    public async Task Expired_and_deleted_keys_are_recognised_too()
    {
        keys.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal(ApiKeyStatus.Expired, Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(issued.Token.Plaintext)).Status);

        await keys.DeleteAsync(account, issued.Id);
        var deleted = Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(issued.Token.Plaintext));
        Assert.Equal((ApiKeyStatus.Deleted, keys.Clock.GetUtcNow()), (deleted.Status, deleted.DeletedAt!.Value));
    }

    [Fact]
    public async Task Somebody_else_s_unknown_and_malformed_tokens_are_answered_alike()
    {
        var theirs = await keys.IssueAsync(await keys.AddAccountAsync("li@agency.gov.sg"));

        foreach (var pasted in (string?[])[theirs.Token.Plaintext, ApiKeyToken.Generate().Plaintext, issued.Token.Plaintext[..^1], "password123", "", null])
        {
            Assert.Equal(new KeyCheckResult.NotYours(), await CheckAsync(pasted));
        }
    }

    [Fact]
    public async Task After_ten_checks_in_a_minute_even_a_right_token_has_to_wait()
    {
        for (var number = 0; number < KeyCheckLimit.PerMinute; number++)
        {
            await CheckAsync("wrong");
        }

        Assert.Equal(new KeyCheckResult.TooMany(TimeSpan.FromMinutes(1)), await CheckAsync(issued.Token.Plaintext));
        keys.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(issued.Token.Plaintext));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => keys.Dispose();

    private Task<KeyCheckResult> CheckAsync(string? pasted) => check.CheckAsync(account.Id, pasted, CancellationToken.None);
}
