using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Overview;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Overview;

public sealed class AccountOverviewTests : AsyncLifetime, IDisposable
{
    private static readonly DateOnly Today = new(2026, 1, 5);

    private readonly TestKeys keys = new();
    private AccountOverview overview = null!;
    private Account account = null!;
    private Account stranger = null!;

    public override async Task InitializeAsync()
    {
        overview = keys.Get<AccountOverview>();
        account = await keys.AddAccountAsync();
        stranger = await keys.AddAccountAsync("li@agency.gov.sg");
    }

    [Fact]
    public async Task An_account_without_keys_needs_nothing_and_has_thirty_days_without_calls()
    {
        var situation = await DescribeAsync();

        Assert.Empty(situation.Keys);
        Assert.Empty(situation.Attention);
        Assert.Equal(30, situation.Calls.Count);
        Assert.Equal((Today.AddDays(-29), Today), (situation.Calls[0].Date, situation.Calls[^1].Date));
        Assert.All(situation.Calls, day => Assert.Equal(0, day.Good + day.Bad));
    }

    [Fact]
    public async Task Keys_in_good_health_need_nothing_and_come_in_the_order_of_their_expiry()
    {
        await keys.IssueAsync(account, "late");
        await keys.IssueAsync(account, "early", ApiKeyLifetime.Days60);

        var situation = await DescribeAsync();

        Assert.Empty(situation.Attention);
        Assert.Equal(["early", "late"], situation.Keys.Select(key => key.Label));
    }

    [Fact]
    public async Task A_key_in_its_last_month_is_named_with_the_way_to_its_rotation()
    {
        var key = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days60);
        keys.Clock.Advance(TimeSpan.FromDays(46));

        var item = Assert.Single((await DescribeAsync()).Attention);

        Assert.Equal((AttentionLevel.Soon, "“Grant system” expires in 14 days", "Rotate", $"/settings/keys/{key.Id}/rotate"),
            (item.Level, item.Title, item.Action, item.Href));
    }

    [Fact]
    public async Task A_key_made_for_thirty_days_needs_nothing_until_its_first_reminder()
    {
        var key = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(16) - TimeSpan.FromSeconds(1));
        Assert.Empty((await DescribeAsync()).Attention);

        keys.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"/settings/keys/{key.Id}/rotate", Assert.Single((await DescribeAsync()).Attention).Href);
    }

    [Fact]
    public async Task A_key_in_its_last_three_days_is_urgent_and_before_all_that_is_not()
    {
        await keys.IssueAsync(account, "first", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(13));
        await keys.IssueAsync(account, "second", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(17) - TimeSpan.FromHours(2));

        var items = (await DescribeAsync()).Attention;

        Assert.Equal([(AttentionLevel.Urgent, "“first” expires in 2 hours"), (AttentionLevel.Soon, "“second” expires in 13 days")],
            items.Select(item => (item.Level, item.Title)));
    }

    [Fact]
    public async Task A_dead_key_with_which_someone_still_calls_is_urgent_until_seven_days_without_a_call()
    {
        var key = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(33));
        var day = Today.AddDays(33);
        await keys.Database.AddCallsAsync(key.Id, day.AddDays(-2), KeyCallOutcome.Accepted, 500);
        await keys.Database.AddCallsAsync(key.Id, day.AddDays(-1), KeyCallOutcome.Expired, 1200);
        await keys.Database.AddCallsAsync(key.Id, day, KeyCallOutcome.Expired, 34);
        await keys.Database.AddCallerAsync(key.Id, "192.0.2.1", keys.Clock.GetUtcNow().AddDays(-1), refused: 1200);
        await keys.Database.AddCallerAsync(key.Id, "192.0.2.2", keys.Clock.GetUtcNow(), refused: 34);

        var item = Assert.Single((await DescribeAsync()).Attention);
        Assert.Equal(
            (AttentionLevel.Urgent, "A program still calls with “Grant system”, which expired 3 days ago", $"/settings/keys/{key.Id}"),
            (item.Level, item.Title, item.Href));
        Assert.Equal("1,234 calls were rejected in the last 7 days, the last from 192.0.2.2. It needs another key.", item.Text);

        await keys.DeleteAsync(account, key.Id);
        keys.Clock.Advance(TimeSpan.FromDays(6));
        item = Assert.Single((await DescribeAsync()).Attention);
        Assert.Equal(("A program still calls with “Grant system”, which was deleted 6 days ago", "/settings"), (item.Title, item.Href));

        keys.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await DescribeAsync()).Attention);
    }

    [Fact]
    public async Task A_paused_key_with_which_someone_still_calls_is_told_until_it_is_resumed()
    {
        var key = await keys.IssueAsync(account, "Grant system");
        await keys.Get<KeyPauses>().PauseAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        Assert.Empty((await DescribeAsync()).Attention);
        keys.Clock.Advance(TimeSpan.FromDays(2));
        await keys.Database.AddCallsAsync(key.Id, Today.AddDays(1), KeyCallOutcome.Paused, 3);
        await keys.Database.AddCallerAsync(key.Id, "192.0.2.2", keys.Clock.GetUtcNow(), refused: 3);

        var item = Assert.Single((await DescribeAsync()).Attention);

        Assert.Equal(
            (AttentionLevel.Soon, "A program still calls with “Grant system”, which was paused 2 days ago", $"/settings/keys/{key.Id}"),
            (item.Level, item.Title, item.Href));
        Assert.Equal(
            "3 calls were rejected in the last 7 days, the last from 192.0.2.2. Resume the key, or give that program another one.", item.Text);
        await keys.Get<KeyPauses>().ResumeAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        Assert.Empty((await DescribeAsync()).Attention);
    }

    [Fact]
    public async Task Calls_from_a_network_that_isnt_allowed_are_urgent_until_it_is_allowed()
    {
        var key = await keys.IssueAsync(account, "Grant system");
        await AllowAsync(key.Id, "10.0.0.0/8");
        await keys.Database.AddCallsAsync(key.Id, Today, KeyCallOutcome.OutsideNetworks, 3);
        await keys.Database.AddCallerAsync(key.Id, "192.0.2.2", keys.Clock.GetUtcNow(), refused: 3);

        var item = Assert.Single((await DescribeAsync()).Attention);

        Assert.Equal(
            (AttentionLevel.Urgent, "A program calls with “Grant system” from a network that isn’t allowed", $"/settings/keys/{key.Id}"),
            (item.Level, item.Title, item.Href));
        Assert.Equal(
            "3 calls were rejected in the last 7 days, the last from 192.0.2.2. If the program is yours, allow its network. Otherwise, someone has a " +
                "copy of the key: rotate it.",
            item.Text);
        await AllowAsync(key.Id, "10.0.0.0/8 192.0.2.0/24");
        Assert.Empty((await DescribeAsync()).Attention);
    }

    [Fact]
    public async Task Whoever_calls_from_a_network_that_isnt_allowed_is_said_also_when_others_were_rejected_later_and_are_allowed_now()
    {
        var key = await keys.IssueAsync(account, "Grant system");
        await AllowAsync(key.Id, "10.0.0.0/8");
        await keys.Database.AddCallsAsync(key.Id, Today, KeyCallOutcome.OutsideNetworks, 3);
        await keys.Database.AddCallerAsync(key.Id, "203.0.113.9", keys.Clock.GetUtcNow(), refused: 1);
        await keys.Database.AddCallerAsync(key.Id, "192.0.2.2", keys.Clock.GetUtcNow().AddMinutes(5), refused: 2);

        await AllowAsync(key.Id, "10.0.0.0/8 192.0.2.0/24");

        Assert.Contains("the last from 203.0.113.9", Assert.Single((await DescribeAsync()).Attention).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyCallOutcome.OutsideNetworks)]
    [InlineData(KeyCallOutcome.Paused)]
    public async Task What_was_rejected_before_a_key_was_deleted_isnt_a_program_that_still_calls(KeyCallOutcome outcome)
    {
        var key = await keys.IssueAsync(account, "Grant system");
        await AllowAsync(key.Id, "10.0.0.0/8");
        await keys.Get<KeyPauses>().PauseAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        await keys.Database.AddCallsAsync(key.Id, Today, outcome, 3);
        Assert.Single((await DescribeAsync()).Attention);

        await keys.DeleteAsync(account, key.Id);

        Assert.Empty((await DescribeAsync()).Attention);
    }

    [Fact]
    public async Task A_paused_key_expires_as_any_other()
    {
        var key = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days60);
        await keys.Get<KeyPauses>().PauseAsync(account.Id, key.Id, TestKeys.By(account), CancellationToken.None);
        keys.Clock.Advance(TimeSpan.FromDays(46));

        var situation = await DescribeAsync();

        Assert.Equal(ApiKeyStatus.Paused, Assert.Single(situation.Keys).Status);
        var item = Assert.Single(situation.Attention);
        Assert.Equal((AttentionLevel.Soon, "“Grant system” expires in 14 days"), (item.Level, item.Title));
        Assert.StartsWith("It is paused.", item.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_being_replaced_is_told_as_that_and_not_as_expiring()
    {
        var old = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days30);
        keys.Clock.Advance(TimeSpan.FromDays(16));
        var replacement = await keys.IssueAsync(account, "Grant system 2");
        await keys.Database.AddRotationAsync(account.Id, old.Id, replacement.Id, keys.Clock.GetUtcNow());

        var item = Assert.Single((await DescribeAsync()).Attention);

        Assert.Equal((AttentionLevel.Soon, $"/settings/keys/{old.Id}/rotate"), (item.Level, item.Href));
        Assert.Equal("“Grant system” is being replaced by “Grant system 2”: not yet", item.Title);
        Assert.EndsWith("The old key expires in 14 days.", item.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_whose_old_key_has_been_quiet_for_long_enough_can_be_finished()
    {
        var old = await keys.IssueAsync(account, "Grant system");
        var replacement = await keys.IssueAsync(account, "Grant system 2");
        await keys.Database.AddRotationAsync(account.Id, old.Id, replacement.Id, keys.Clock.GetUtcNow());
        await keys.Database.NoteUseAsync(replacement.Id, keys.Clock.GetUtcNow());

        Assert.Equal("Continue", Assert.Single((await DescribeAsync()).Attention).Action);
        keys.Clock.Advance(TimeSpan.FromHours(24));

        var item = Assert.Single((await DescribeAsync()).Attention);
        Assert.Equal(("“Grant system” is safe to delete: “Grant system 2” has taken its place", "Finish"), (item.Title, item.Action));
    }

    [Theory]
    [InlineData(0, AttentionLevel.Underway)]
    [InlineData(59, AttentionLevel.Soon)]
    [InlineData(87, AttentionLevel.Urgent)]
    public async Task A_key_that_is_being_replaced_is_as_urgent_as_its_expiry_until_it_is_safe_to_delete(int days, AttentionLevel level)
    {
        var old = await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.Days90);
        keys.Clock.Advance(TimeSpan.FromDays(days));
        var replacement = await keys.IssueAsync(account, "Grant system 2");
        await keys.Database.AddRotationAsync(account.Id, old.Id, replacement.Id, keys.Clock.GetUtcNow());
        Assert.Equal(level, Assert.Single((await DescribeAsync()).Attention).Level);

        await keys.Database.NoteUseAsync(replacement.Id, keys.Clock.GetUtcNow());
        keys.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(level, Assert.Single((await DescribeAsync()).Attention).Level);
        keys.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(AttentionLevel.Underway, Assert.Single((await DescribeAsync()).Attention).Level);
    }

    [Fact]
    public async Task A_rotation_whose_new_key_has_expired_is_urgent()
    {
        var old = await keys.IssueAsync(account, "Grant system");
        var replacement = await keys.IssueAsync(account, "Grant system 2", ApiKeyLifetime.Days30);
        await keys.Database.AddRotationAsync(account.Id, old.Id, replacement.Id, keys.Clock.GetUtcNow());
        keys.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(AttentionLevel.Urgent,
            Assert.Single((await DescribeAsync()).Attention, item => item.Title.EndsWith("the new key has expired", StringComparison.Ordinal)).Level);
    }

    [Fact]
    public async Task Calls_of_all_keys_are_added_up_by_day_also_of_deleted_ones()
    {
        var (one, two) = (await keys.IssueAsync(account, "one"), await keys.IssueAsync(account, "two"));
        await keys.Database.AddCallsAsync(one.Id, Today, KeyCallOutcome.Accepted, 3);
        await keys.Database.AddCallsAsync(two.Id, Today, KeyCallOutcome.Accepted, 4);
        await keys.Database.AddCallsAsync(two.Id, Today, KeyCallOutcome.Deleted, 5);
        await keys.Database.AddCallsAsync(two.Id, Today, KeyCallOutcome.AccountDisabled, 6);
        await keys.Database.AddCallsAsync(one.Id, Today.AddDays(-29), KeyCallOutcome.Accepted, 7);
        await keys.Database.AddCallsAsync(one.Id, Today.AddDays(-30), KeyCallOutcome.Accepted, 1000);
        await keys.DeleteAsync(account, two.Id);

        var calls = (await DescribeAsync()).Calls;

        Assert.Equal((7, 11), (calls[^1].Good, calls[^1].Bad));
        Assert.Equal((7, 0), (calls[0].Good, calls[0].Bad));
        Assert.Equal(25, calls.Sum(day => day.Good + day.Bad));
    }

    [Fact]
    public async Task A_day_is_one_of_the_agency_s_calendar()
    {
        // 23:30 in Singapore, then 00:30 of the next day; in UTC it is one day all the time.
        keys.Clock.Advance(TimeSpan.FromHours(6.5));
        Assert.Equal(Today, (await DescribeAsync()).Calls[^1].Date);

        keys.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Today.AddDays(1), (await DescribeAsync()).Calls[^1].Date);
    }

    [Fact]
    public async Task Nothing_of_another_account_is_told()
    {
        var (old, replacement) = (await keys.IssueAsync(stranger, "old", ApiKeyLifetime.Days30), await keys.IssueAsync(stranger, "new"));
        await keys.Database.AddRotationAsync(stranger.Id, old.Id, replacement.Id, keys.Clock.GetUtcNow());
        await keys.Database.AddCallsAsync(old.Id, Today, KeyCallOutcome.Expired, 5);
        keys.Clock.Advance(TimeSpan.FromDays(3));

        var situation = await DescribeAsync();

        Assert.Empty(situation.Keys);
        Assert.Empty(situation.Attention);
        Assert.All(situation.Calls, day => Assert.Equal(0, day.Good + day.Bad));
    }

    public void Dispose() => keys.Dispose();

    private Task<AccountSituation> DescribeAsync() => overview.DescribeAsync(account.Id, CancellationToken.None);

    private async Task AllowAsync(Guid key, string networks)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));
        var seen = (await keys.FindAsync(account, key))!.Networks;
        Assert.Equal(list, await keys.Get<NetworkChanges>().ChangeAsync(account.Id, key, seen, list, TestKeys.By(account), CancellationToken.None));
    }
}
