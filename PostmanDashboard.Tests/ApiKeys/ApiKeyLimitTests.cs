using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ApiKeyLimitTests : IDisposable
{
    private readonly TestKeys keys = new(maxPerAccount: 3);

    [Fact]
    public async Task An_account_at_its_limit_gets_no_more_and_another_one_does()
    {
        var (full, other) = (await keys.AddAccountAsync("mei@agency.gov.sg"), await keys.AddAccountAsync("tan@agency.gov.sg"));
        await FillAsync(full);

        Assert.Equal(new IssueApiKeyResult.LimitReached(3), await keys.TryIssueAsync(full, "one more"));

        Assert.Equal(3, (await keys.ListAsync(full)).Count);
        await keys.IssueAsync(other);
    }

    [Fact]
    public async Task The_limit_counts_no_deleted_keys()
    {
        var account = await keys.AddAccountAsync();
        await FillAsync(account);
        await keys.DeleteAsync(account, (await keys.ListAsync(account))[0].Id);

        await keys.IssueAsync(account, "one more");

        Assert.IsType<IssueApiKeyResult.LimitReached>(await keys.TryIssueAsync(account, "one too many"));
    }

    [Fact]
    public async Task The_limit_counts_a_key_until_the_instant_at_which_it_expires()
    {
        var account = await keys.AddAccountAsync();
        await FillAsync(account, ApiKeyLifetime.Days30);

        keys.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        Assert.IsType<IssueApiKeyResult.LimitReached>(await keys.TryIssueAsync(account, "one more"));
        keys.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await keys.IssueAsync(account, "one more");
    }

    public void Dispose() => keys.Dispose();

    private async Task FillAsync(Account account, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths)
    {
        foreach (var label in new[] { "one", "two", "three" })
        {
            await keys.IssueAsync(account, label, lifetime);
        }
    }
}
