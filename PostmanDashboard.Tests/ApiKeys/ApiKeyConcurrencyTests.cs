using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ApiKeyConcurrencyTests : IDisposable
{
    private readonly TestKeys keys = new(maxPerAccount: 50);

    [Fact]
    public async Task Sixty_creations_at_once_next_to_ten_keys_fill_a_limit_of_fifty_and_pass_it_by_none()
    {
        var account = await keys.AddAccountAsync();
        for (var number = 0; number < 10; number++)
        {
            await keys.IssueAsync(account, $"before {number}");
        }

        var results = await Together.RunAsync(60, number => keys.TryIssueAsync(account, $"at once {number}"));

        Assert.Equal(40, results.Count(result => result is IssueApiKeyResult.Issued));
        Assert.Equal(20, results.Count(result => result is IssueApiKeyResult.LimitReached));
        Assert.Equal(50, (await keys.ListAsync(account)).Count);
    }

    [Fact]
    public async Task Two_creations_of_one_label_at_once_leave_one_key_and_one_clear_answer()
    {
        var account = await keys.AddAccountAsync();

        for (var round = 0; round < 10; round++)
        {
            string[] labels = [$"Grant system {round}", $"GRANT SYSTEM {round}"];
            var results = await Together.RunAsync(2, number => keys.TryIssueAsync(account, labels[number]));

            Assert.Single(results.OfType<IssueApiKeyResult.Issued>());
            Assert.Single(results.OfType<IssueApiKeyResult.LabelTaken>());
            Assert.Equal(round + 1, (await keys.ListAsync(account)).Count);
        }
    }

    [Fact]
    public async Task Of_eight_deletions_at_once_one_is_told_that_it_deleted_the_key()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);

        var results = await Together.RunAsync(8, _ => keys.DeleteAsync(account, issued.Id));

        Assert.Single(results, deleted => deleted);
    }

    [Fact]
    public async Task Of_two_keys_renamed_to_one_label_at_once_one_gets_it()
    {
        var account = await keys.AddAccountAsync();
        Guid[] ids = [(await keys.IssueAsync(account, "one")).Id, (await keys.IssueAsync(account, "two")).Id];

        var results = await Together.RunAsync(2, number => keys.ChangeAsync(account, ids[number], "Payments", "mei@agency.gov.sg"));

        Assert.Single(results.OfType<ChangeApiKeyResult.Changed>());
        Assert.Single(results.OfType<ChangeApiKeyResult.LabelTaken>());
        Assert.Single(await keys.ListAsync(account), key => key.Label == "Payments");
    }

    [Fact]
    public async Task Changes_of_one_key_at_once_leave_the_contacts_of_one_of_them()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);

        var results = await Together.RunAsync(8, number => keys.ChangeAsync(
            account, issued.Id, "Grant system", $"first{number}@agency.gov.sg", $"second{number}@agency.gov.sg"));

        Assert.All(results, result => Assert.IsType<ChangeApiKeyResult.Changed>(result));
        var contacts = (await keys.FindAsync(account, issued.Id))!.Contacts;
        Assert.Equal([contacts[0], contacts[0].Replace("first", "second", StringComparison.Ordinal)], contacts);
    }

    public void Dispose() => keys.Dispose();
}
