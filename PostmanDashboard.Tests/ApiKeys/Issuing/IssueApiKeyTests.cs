using System.Text;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Issuing;

public sealed class IssueApiKeyTests : IDisposable
{
    private readonly TestKeys keys = new();

    [Fact]
    public async Task A_new_key_is_found_with_everything_that_was_entered()
    {
        var account = await keys.AddAccountAsync();

        var issued = await keys.IssueAsync(account, "  Grant   system ", ApiKeyLifetime.SixMonths, " z@agency.gov.sg", "A@agency.gov.sg ");

        var key = await keys.FindAsync(account, issued.Id);
        Assert.NotNull(key);
        Assert.Equal((issued.Id, "Grant system", issued.Token.Hint), (key.Id, key.Label, key.Hint));
        Assert.Equal(["z@agency.gov.sg", "A@agency.gov.sg"], key.Contacts);
        Assert.Equal((TestClock.Start, TestClock.Start.AddDays(181)), (key.CreatedAt, key.ExpiresAt)); // 5 January to 5 July
        Assert.Equal((null, null, ApiKeyStatus.Live), (key.LastUsedAt, key.LastUsedFrom, key.Status));
    }

    [Fact]
    public async Task The_database_holds_the_hash_and_not_the_token()
    {
        var issued = await keys.IssueAsync(await keys.AddAccountAsync());

        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(issued.Token.Hash, (await db.ApiKeys.SingleAsync()).Hash);
        // A copy, because what was written last may stand in a second file beside the database.
        var copy = keys.Database.File + ".copy";
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        var bytes = await File.ReadAllTextAsync(copy, Encoding.Latin1);
        Assert.Contains("Grant system", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Token.Plaintext[ApiKeyToken.Prefix.Length..^5], bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_fields_are_told_what_is_wrong_at_once_and_nothing_is_stored()
    {
        var account = await keys.AddAccountAsync();

        var invalid = Assert.IsType<IssueApiKeyResult.Invalid>(await keys.TryIssueAsync(account, " ", ApiKeyLifetime.Days30, "mei"));

        Assert.StartsWith("Give the key a label", invalid.LabelProblem, StringComparison.Ordinal);
        Assert.StartsWith("“mei” is not an email address.", invalid.ContactsProblem, StringComparison.Ordinal);
        Assert.Equal(0, await CountRowsAsync());
    }

    [Fact]
    public async Task A_field_that_is_right_is_told_nothing()
    {
        var account = await keys.AddAccountAsync();

        var badLabel = Assert.IsType<IssueApiKeyResult.Invalid>(await keys.TryIssueAsync(account, null));
        var badContacts = Assert.IsType<IssueApiKeyResult.Invalid>(await keys.TryIssueAsync(account, "Grant system", ApiKeyLifetime.Days30, "mei"));

        Assert.NotNull(badLabel.LabelProblem);
        Assert.Null(badLabel.ContactsProblem);
        Assert.Null(badContacts.LabelProblem);
        Assert.NotNull(badContacts.ContactsProblem);
    }

    [Theory]
    [InlineData("Grant system")]
    [InlineData("GRANT SYSTEM")]
    [InlineData(" grant  System ")]
    [InlineData("Grant\u200b system")]
    [InlineData("GRANT \u202asystem\u202c")]
    [InlineData("Gr\u00adant\u2060 system\ufeff")]
    public async Task A_label_in_use_is_taken_in_any_case_and_with_whatever_nobody_sees(string again)
    {
        var account = await keys.AddAccountAsync();
        await keys.IssueAsync(account, "Grant system");

        Assert.IsType<IssueApiKeyResult.LabelTaken>(await keys.TryIssueAsync(account, again));

        Assert.Equal(1, await CountRowsAsync());
    }

    [Fact]
    public async Task A_label_beyond_ASCII_is_taken_in_any_case_too()
    {
        var account = await keys.AddAccountAsync();
        await keys.IssueAsync(account, "Пособие é");

        Assert.IsType<IssueApiKeyResult.LabelTaken>(await keys.TryIssueAsync(account, "пОСОБИЕ É"));
    }

    [Fact]
    public async Task An_expired_key_still_has_its_label_until_it_is_deleted()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(31));

        Assert.IsType<IssueApiKeyResult.LabelTaken>(await keys.TryIssueAsync(account, "Grant system"));
        Assert.True(await keys.DeleteAsync(account, issued.Id));
        await keys.IssueAsync(account, "Grant system");

        Assert.Equal(2, await CountRowsAsync());
    }

    [Fact]
    public async Task Two_accounts_may_use_one_label()
    {
        await keys.IssueAsync(await keys.AddAccountAsync("mei@agency.gov.sg"), "Grant system");

        await keys.IssueAsync(await keys.AddAccountAsync("tan@agency.gov.sg"), "Grant system");
    }

    [Fact]
    public async Task A_disabled_account_gets_no_key_until_it_is_enabled()
    {
        var account = await keys.AddAccountAsync();
        await keys.SetDisabledAsync(account, TestClock.Start);

        Assert.IsType<IssueApiKeyResult.AccountDisabled>(await keys.TryIssueAsync(account, "Grant system"));
        Assert.Equal(0, await CountRowsAsync());

        await keys.SetDisabledAsync(account, null);
        await keys.IssueAsync(account);
    }

    [Fact]
    public async Task An_account_that_is_gone_gets_no_key()
    {
        var request = new NewApiKey("Grant system", ["mei@agency.gov.sg"], ApiKeyLifetime.Days30);

        var result = await keys.Service.IssueAsync(Guid.NewGuid(), request, new Actor("li@agency.gov.sg", null), CancellationToken.None);
        Assert.IsType<IssueApiKeyResult.AccountDisabled>(result);
    }

    public void Dispose() => keys.Dispose();

    private async Task<int> CountRowsAsync()
    {
        await using var db = keys.Database.CreateDbContext();
        return await db.ApiKeys.CountAsync();
    }
}
