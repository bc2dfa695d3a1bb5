using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class ListApiKeysTests : IDisposable
{
    private readonly TestKeys keys = new();

    [Fact]
    public async Task A_label_from_before_is_shown_as_what_can_be_seen_of_it()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account, "Grant system");
        await using var db = keys.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE ApiKeys SET Label = {"Grant \u202emetsys\u200b"}");

        Assert.Equal("Grant metsys", Assert.Single(await keys.ListAsync(account)).Label);
        Assert.Equal("Grant metsys", await db.ApiKeys.Where(key => key.Id == issued.Id).Select(key => key.Label).SingleAsync());
    }

    [Fact]
    public async Task An_account_without_keys_has_an_empty_list() => Assert.Empty(await keys.ListAsync(await keys.AddAccountAsync()));

    [Fact]
    public async Task Keys_about_to_expire_come_first_then_the_others_newest_first_then_the_expired()
    {
        var account = await keys.AddAccountAsync();
        // Made at the start: they die after 30, 60 and 90 days, and 181 days.
        await keys.IssueAsync(account, "expired earlier", ApiKeyLifetime.Days30);
        await keys.IssueAsync(account, "expires later", ApiKeyLifetime.Days90);
        await keys.IssueAsync(account, "live, oldest", ApiKeyLifetime.SixMonths);
        await keys.IssueAsync(account, "expired just now", ApiKeyLifetime.Days60);
        keys.Clock.Advance(TimeSpan.FromDays(30));
        await keys.IssueAsync(account, "live, middle", ApiKeyLifetime.SixMonths);
        keys.Clock.Advance(TimeSpan.FromDays(16));
        await keys.IssueAsync(account, "expires soon", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(24));
        await keys.IssueAsync(account, "live, newest", ApiKeyLifetime.Days60);

        var list = await keys.ListAsync(account);

        Assert.Equal(
            ["expires soon", "expires later", "live, newest", "live, middle", "live, oldest", "expired just now", "expired earlier"],
            list.Select(key => key.Label));
        Assert.Equal(
            [ApiKeyStatus.Expiring, ApiKeyStatus.Expiring, ApiKeyStatus.Live, ApiKeyStatus.Live, ApiKeyStatus.Live, ApiKeyStatus.Expired, ApiKeyStatus.Expired],
            list.Select(key => key.Status));
    }

    [Fact]
    public async Task Deleted_keys_are_not_listed()
    {
        var account = await keys.AddAccountAsync();
        var gone = await keys.IssueAsync(account, "gone");
        await keys.IssueAsync(account, "kept");

        await keys.DeleteAsync(account, gone.Id);

        Assert.Equal(["kept"], (await keys.ListAsync(account)).Select(key => key.Label));
    }

    [Fact]
    public async Task Contacts_are_listed_in_the_order_in_which_they_were_entered()
    {
        var account = await keys.AddAccountAsync();
        string[] contacts = ["z@agency.gov.sg", "a@agency.gov.sg", "m@agency.gov.sg"];

        await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30, contacts);

        Assert.Equal(contacts, Assert.Single(await keys.ListAsync(account)).Contacts);
    }

    public void Dispose() => keys.Dispose();
}
