using PostmanDashboard.Accounts;
using PostmanDashboard.Admin.Accounts;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Admin.Accounts;

/// <summary>What administrators read of accounts.</summary>
public sealed class AccountReportTests : IDisposable
{
    private readonly TestKeys keys = new();
    private readonly AccountReport report;

    public AccountReportTests() => report = keys.Get<AccountReport>();

    [Fact]
    public async Task Live_keys_and_the_messages_of_the_last_day_are_counted()
    {
        var (mei, li) = (await keys.AddAccountAsync(), await keys.AddAccountAsync("li@agency.gov.sg"));
        await keys.IssueAsync(mei, "Expired", PostmanDashboard.ApiKeys.ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(30));
        var live = await keys.IssueAsync(mei, "Live");
        await keys.DeleteAsync(mei, (await keys.IssueAsync(mei, "Deleted")).Id);
        await AddMessageAsync(mei, live.Id);
        keys.Clock.Advance(TimeSpan.FromSeconds(1));
        await AddMessageAsync(mei, live.Id);
        await AddMessageAsync(mei, live.Id);
        keys.Clock.Advance(AccountReport.Counted - TimeSpan.FromSeconds(1));

        var page = await ListAsync();

        Assert.Equal(2, page.Total);
        Assert.Equal(
            [new AccountLine(li.Id, "li@agency.gov.sg", TestClock.Start, null, null, 0, 0), new AccountLine(
                mei.Id, "mei@agency.gov.sg", TestClock.Start, null, null, 1, 2)],
            page.Accounts);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(" ", 3)]
    [InlineData("AGENCY", 3)]
    [InlineData(" mei@ ", 1)]
    [InlineData("i@a", 2)]
    [InlineData("a%y", 0)]
    [InlineData("an_", 1)]
    [InlineData("nobody", 0)]
    public async Task Accounts_are_found_by_a_part_of_their_address(string? searchText, int found)
    {
        foreach (var address in (string[])["mei@agency.gov.sg", "li@agency.gov.sg", "an_li@stat.agency.gov.sg"])
        {
            await keys.AddAccountAsync(address);
        }

        var page = await ListAsync(searchText);

        Assert.Equal((found, found), (page.Total, page.Accounts.Count));
    }

    [Fact]
    public async Task A_limit_is_set_and_taken_back()
    {
        var (mei, li) = (await keys.AddAccountAsync(), await keys.AddAccountAsync("li@agency.gov.sg"));

        Assert.True(await report.SetLimitAsync(mei.Id, 50, CancellationToken.None));
        Assert.Equal([null, 50], (await ListAsync()).Accounts.Select(account => account.MessagesPerSecond));
        Assert.True(await report.SetLimitAsync(mei.Id, null, CancellationToken.None));
        Assert.All((await ListAsync()).Accounts, account => Assert.Null(account.MessagesPerSecond));
        Assert.False(await report.SetLimitAsync(Guid.NewGuid(), 50, CancellationToken.None));
        Assert.Equal("li@agency.gov.sg", li.Email);
    }

    [Fact]
    public async Task Ten_thousand_accounts_are_paged_by_an_index()
    {
        await AddManyAsync(10_000);
        await using var db = keys.Database.CreateDbContext();

        var plan = await QueryPlan.OfAsync(db, AccountReport.Describe(db, db.Users, keys.Clock.GetUtcNow()).Take(AccountReport.PageSize));
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        Assert.Contains("USING INDEX EmailIndex", plan, StringComparison.Ordinal);
        Assert.Contains("IX_Messages_Created (AccountId=? AND Status=? AND CreatedAt>?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN k", plan, StringComparison.Ordinal);
        await ListAsync();
        var last = await report.ListAsync(null, 399, CancellationToken.None);
        Assert.Equal((10_000, AccountReport.PageSize, "team9999@agency.gov.sg"), (last.Total, last.Accounts.Count, last.Accounts[^1].Email));
        Assert.Equal(["team4242@agency.gov.sg"], (await ListAsync("M4242")).Accounts.Select(account => account.Email));
    }

    public void Dispose() => keys.Dispose();

    private Task<AccountPage> ListAsync(string? searchText = null) => report.ListAsync(searchText, 0, CancellationToken.None);

    private async Task AddMessageAsync(Account account, Guid key)
    {
        await using var db = keys.Database.CreateDbContext();
        db.Messages.Add(new Message
        {
            AccountId = account.Id,
            ApiKeyId = key,
            From = "Postman <donotreply@postman.example>",
            Recipient = "ann@example.org",
            NormalizedRecipient = "ANN@EXAMPLE.ORG",
            ReplyTo = account.Email!,
            Cc = [],
            Bcc = [],
            Subject = "Your grant",
            Body = "<p>Granted</p>",
            Text = "Granted\n",
            Pictures = [],
            CreatedAt = keys.Clock.GetUtcNow(),
            UpdatedAt = keys.Clock.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    private async Task AddManyAsync(int count)
    {
        await using var db = keys.Database.CreateDbContext();
        db.Users.AddRange(Enumerable.Range(0, count).Select(number => $"team{number:0000}@agency.gov.sg").Select(address => new Account
        {
            Email = address,
            NormalizedEmail = address.ToUpperInvariant(),
            UserName = address,
            NormalizedUserName = address.ToUpperInvariant(),
            CreatedAt = TestClock.Start,
        }));
        await db.SaveChangesAsync();
    }
}
