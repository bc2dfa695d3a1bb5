using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Check;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Check;

public sealed class KeyCheckTests : AsyncLifetime, IDisposable
{
    private readonly TestKeys keys = new();
    private KeyCheck check = null!;
    private Account account = null!;
    private IssueApiKeyResult.Issued issued = null!;

    public override async Task InitializeAsync()
    {
        check = keys.Get<KeyCheck>();
        account = await keys.AddAccountAsync();
        issued = await keys.IssueAsync(account);
    }

    [Fact]
    public async Task A_token_is_recognised_with_what_is_known_of_its_key()
    {
        await keys.Database.NoteUseAsync(issued.Id, TestClock.Start.AddDays(2));
        keys.Clock.Advance(TimeSpan.FromDays(3));

        var key = await CheckOwnAsync(issued.Token.Plaintext);

        Assert.Equal((issued.Id, "Grant system", issued.Token.Hint, ApiKeyStatus.Live), (key.Id, key.Label, key.Hint, key.Status));
        Assert.Equal((TestClock.Start, TestClock.Start.AddDays(2), "192.0.2.9"), (key.CreatedAt, key.LastUsedAt!.Value, key.LastUsedFrom));
        Assert.Equal(ApiKey.LatestExpiry(TestClock.Start, keys.Zone), key.ExpiresAt);
        Assert.Null(key.DeletedAt);
    }

    [Theory]
    [InlineData("  {0}  ")]
    [InlineData("{0}\r\n")]
    [InlineData("\t{0}\u00a0")]
    [InlineData("\u200b{0}\ufeff")]
    public async Task White_space_around_a_pasted_token_does_no_harm(string pasted) =>
        Assert.Equal(issued.Id, (await CheckOwnAsync(string.Format(null, pasted, issued.Token.Plaintext))).Id);

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("'{0}',")]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("POSTMAN_API_KEY={0}")]
    [InlineData("export POSTMAN_API_KEY=\"{0}\" # grants")]
    [InlineData("{{\"apiKey\":\"{0}\"}}")]
    [InlineData("2026-11-27 08:00:01 GET /v1/api-keys/current Bearer {0} 200 12ms")]
    [InlineData("https://grants.agency.gov.sg/hook?key={0}&x=1")]
    [InlineData("token%3D{0}%26x%3D1")]
    [InlineData("{0}and text that follows at once")]
    public async Task The_key_is_taken_out_of_what_was_found_around_it(string pasted) =>
        Assert.Equal(issued.Id, (await CheckOwnAsync(string.Format(null, pasted, issued.Token.Plaintext))).Id);

    [Fact]
    public async Task A_key_that_an_address_escaped_is_found() =>
        Assert.Equal(issued.Id, (await CheckOwnAsync("key=" + issued.Token.Plaintext.Replace("_", "%5F", StringComparison.Ordinal))).Id);

    [Fact]
    public async Task Every_key_of_one_s_own_in_a_log_is_named_and_the_others_are_passed_over()
    {
        var second = await keys.IssueAsync(account, "Permits");
        var theirs = await keys.IssueAsync(await keys.AddAccountAsync("li@agency.gov.sg"));

        var found = await CheckAsync($"a={theirs.Token.Plaintext} b={second.Token.Plaintext}\nc={issued.Token.Plaintext} d={second.Token.Plaintext}");

        Assert.Equal(["Permits", "Grant system"], Assert.IsType<KeyCheckResult.Yours>(found).Keys.Select(key => key.Label));
    }

    [Fact]
    public async Task A_token_that_a_narrow_column_broke_in_two_is_put_together() =>
        Assert.Equal(issued.Id, (await CheckOwnAsync(issued.Token.Plaintext.Insert(30, "\n  "))).Id);

    [Fact]
    public async Task Expired_and_deleted_keys_are_recognised_too()
    {
        keys.Clock.Advance(TimeSpan.FromDays(200));
        Assert.Equal(ApiKeyStatus.Expired, (await CheckOwnAsync(issued.Token.Plaintext)).Status);

        await keys.DeleteAsync(account, issued.Id);
        var deleted = await CheckOwnAsync(issued.Token.Plaintext);
        Assert.Equal((ApiKeyStatus.Deleted, keys.Clock.GetUtcNow()), (deleted.Status, deleted.DeletedAt!.Value));
    }

    [Fact]
    public async Task Somebody_else_s_and_unknown_tokens_are_answered_alike()
    {
        var theirs = await keys.IssueAsync(await keys.AddAccountAsync("li@agency.gov.sg"));

        foreach (var pasted in (string?[])[theirs.Token.Plaintext, ApiKeyToken.Generate().Plaintext, $"KEY={theirs.Token.Plaintext}"])
        {
            Assert.Equal(new KeyCheckResult.NotYours(), await CheckAsync(pasted));
        }
    }

    [Fact]
    public async Task A_key_that_was_mistyped_or_cut_off_is_not_called_someone_else_s()
    {
        var token = issued.Token.Plaintext;
        var mistyped = token[..20] + (token[20] == 'a' ? 'b' : 'a') + token[21..];

        foreach (var pasted in (string[])[mistyped, token[..^1], token[3..], token[10..], token.ToUpperInvariant(), $"KEY={token[..30]}…", "pgsg_"])
        {
            Assert.Equal(new KeyCheckResult.Damaged(), await CheckAsync(pasted));
        }
    }

    [Fact]
    public async Task What_holds_no_key_is_said_to_hold_none()
    {
        foreach (var pasted in (string?[])["password123", "Dear Mei, please find our key in the vault. Regards, Li", "", null])
        {
            Assert.Equal(new KeyCheckResult.NoKey(), await CheckAsync(pasted));
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

    public void Dispose() => keys.Dispose();

    private async Task<CheckedKey> CheckOwnAsync(string pasted) =>
        Assert.Single(Assert.IsType<KeyCheckResult.Yours>(await CheckAsync(pasted)).Keys);

    private Task<KeyCheckResult> CheckAsync(string? pasted) => check.CheckAsync(account.Id, pasted, CancellationToken.None);
}
