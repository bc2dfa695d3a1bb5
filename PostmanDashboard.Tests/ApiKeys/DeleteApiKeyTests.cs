using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys;

public sealed class DeleteApiKeyTests : IDisposable
{
    private readonly TestKeys keys = new();

    [Fact]
    public async Task The_row_stays_with_its_hash_and_tells_who_deleted_it_when_and_from_where()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);
        keys.Clock.Advance(TimeSpan.FromHours(5));

        Assert.True(await keys.DeleteAsync(account, issued.Id));

        await using var db = keys.Database.CreateDbContext();
        var row = await db.ApiKeys.Include(key => key.Contacts).SingleAsync();
        Assert.Equal((TestClock.Start.AddHours(5), "mei@agency.gov.sg", "192.0.2.1"), (row.DeletedAt, row.DeletedBy, row.DeletedFrom));
        Assert.Equal(issued.Token.Hash, row.Hash);
        Assert.Single(row.Contacts);
    }

    [Fact]
    public async Task A_key_deleted_by_a_caller_without_an_address_says_so()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);

        Assert.True(await keys.Service.DeleteAsync(account.Id, issued.Id, new Actor(Actor.TheKeyItself, null), CancellationToken.None));

        await using var db = keys.Database.CreateDbContext();
        var row = await db.ApiKeys.SingleAsync();
        Assert.Equal(("the key itself", null), (row.DeletedBy, row.DeletedFrom));
    }

    [Fact]
    public async Task A_deleted_key_is_gone_for_its_account()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);
        await keys.DeleteAsync(account, issued.Id);

        Assert.Empty(await keys.ListAsync(account));
        Assert.Null(await keys.FindAsync(account, issued.Id));
        Assert.IsType<ChangeApiKeyResult.NotFound>(await keys.ChangeAsync(account, issued.Id, "Payments", "a@agency.gov.sg"));
    }

    [Fact]
    public async Task Deleting_again_changes_nothing()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);
        await keys.DeleteAsync(account, issued.Id);
        keys.Clock.Advance(TimeSpan.FromHours(1));

        Assert.False(await keys.DeleteAsync(account, issued.Id));

        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(TestClock.Start, (await db.ApiKeys.SingleAsync()).DeletedAt);
    }

    [Fact]
    public async Task An_expired_key_can_be_deleted()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account);
        keys.Clock.Advance(TimeSpan.FromDays(200));

        Assert.True(await keys.DeleteAsync(account, issued.Id));
    }

    public void Dispose() => keys.Dispose();
}
