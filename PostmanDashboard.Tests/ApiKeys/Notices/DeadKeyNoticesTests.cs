using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Notices;

/// <summary>Whoever has to do with a dead key hears that a program still calls with it: once a day, and not more.</summary>
public sealed class DeadKeyNoticesTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";

    private readonly TestUsage tools = new();
    private readonly CallRecorder usage;
    private Account account = null!;
    private Guid key;

    public DeadKeyNoticesTests() => usage = tools.CreateCollector();

    public override async Task InitializeAsync()
    {
        account = await tools.Keys.AddAccountAsync(Owner);
        key = (await tools.Keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, Ann, "MEI@Agency.gov.sg")).Id;
    }

    public void Dispose()
    {
        usage.Dispose();
        tools.Dispose();
    }

    [Fact]
    public async Task The_contacts_and_the_account_hear_of_calls_with_a_deleted_key_in_one_mail_each()
    {
        await tools.Keys.DeleteAsync(account, key);
        await CallAsync(KeyCallOutcome.Deleted);

        var mails = await ReadAsync();

        Assert.Equal([Ann, Owner], mails.Select(mail => mail.Recipient).Order());
        Assert.All(mails, mail =>
        {
            Assert.Equal("A program still calls with the deleted API key “Grant system”", mail.Subject);
            Assert.Contains(
                "A program still calls with the API key “Grant system”, which was deleted on 5 Jan 2026, 17:00 SGT, from 192.0.2.7 (grants/1.0).",
                mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(ApiKeyToken.Prefix, mail.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("visit", mail.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_key_that_expired_says_when()
    {
        await CallAsync(KeyCallOutcome.Expired);

        Assert.All(await ReadAsync(), mail => Assert.Contains("which expired on 5 Jul 2026, 17:00 SGT, from", mail.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_calls_with_a_paused_key_it_is_said_that_it_can_be_resumed()
    {
        await tools.Keys.Get<KeyPauses>().PauseAsync(account.Id, key, TestKeys.By(account), CancellationToken.None);
        await CallAsync(KeyCallOutcome.Paused);

        Assert.All(await ReadAsync(), mail =>
        {
            Assert.Equal("A program still calls with the paused API key “Grant system”", mail.Subject);
            Assert.Contains("which was paused on 5 Jan 2026, 17:00 SGT, from 192.0.2.7 (grants/1.0).", mail.Text, StringComparison.Ordinal);
            Assert.Contains("resume the key on its page", mail.Text, StringComparison.Ordinal);
            Assert.Contains($"https://postman.example/settings/keys/{key}", mail.Text, StringComparison.Ordinal);
        });
        Assert.Equal(2, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task Of_calls_from_a_network_that_isnt_allowed_it_is_said_that_someone_may_have_a_copy()
    {
        await CallAsync(KeyCallOutcome.OutsideNetworks);

        Assert.All(await ReadAsync(), mail =>
        {
            Assert.Equal("A program calls with the API key “Grant system” from a network that isn’t allowed", mail.Subject);
            Assert.Contains("which may be called from other networks only, from 192.0.2.7 (grants/1.0).", mail.Text, StringComparison.Ordinal);
            Assert.Contains("someone has a copy of the key: rotate it.", mail.Text, StringComparison.Ordinal);
        });
        Assert.Equal(2, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task However_often_it_calls_there_is_one_notice_on_each_day_of_the_agency()
    {
        await tools.Keys.DeleteAsync(account, key);
        for (var hour = 0; hour < 48; hour++)
        {
            await CallAsync(KeyCallOutcome.Deleted);
            tools.Clock.Advance(TimeSpan.FromHours(1));
        }

        // Two days from 17:00 on touch three.
        Assert.Equal(3 * 2, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task Two_processes_that_see_the_same_key_call_tell_it_once()
    {
        await tools.Keys.DeleteAsync(account, key);
        await Together.RunAsync(2, async _ =>
        {
            using var another = tools.CreateCollector();
            another.Note(Call(KeyCallOutcome.Deleted));
            await another.StopAsync(CancellationToken.None);
            return true;
        });

        Assert.Equal(2, (await ReadAsync()).Count);
        Assert.Equal(2, Assert.Single(await tools.ReadDaysAsync()).Calls);
    }

    [Fact]
    public async Task Calls_that_are_let_in_or_stopped_with_their_account_are_told_to_nobody()
    {
        await CallAsync(KeyCallOutcome.Accepted);
        await CallAsync(KeyCallOutcome.AccountDisabled);

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Nobody_hears_of_the_dead_keys_of_a_disabled_account()
    {
        await tools.Keys.DeleteAsync(account, key);
        await tools.Keys.SetDisabledAsync(account, TestClock.Start);
        await CallAsync(KeyCallOutcome.Deleted);

        Assert.Empty(await ReadAsync());
        Assert.Single(await tools.ReadDaysAsync());
    }

    [Fact]
    public async Task A_real_call_with_a_deleted_key_is_counted_with_its_caller_and_told_and_an_unknown_one_is_not()
    {
        await using var app = new DashboardApplication();
        var owner = await app.AddAccountAsync(Owner);
        var issued = await app.IssueKeyAsync(owner);
        using var client = app.CreateClient(issued.Token);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("grants/1.0");
        client.DefaultRequestHeaders.Add(VisitorAddress.Header, "192.0.2.9");
        await client.DeleteAsync("/v1/api-keys/current");
        await client.GetAsync("/v1/api-keys/current");
        using var stranger = app.CreateClient(ApiKeyToken.Generate());
        await stranger.GetAsync("/v1/api-keys/current");
        await app.Services.GetRequiredService<CallRecorder>().StopAsync(CancellationToken.None);

        await using var db = app.CreateDbContext();
        var caller = Assert.Single(await db.KeyCallers.ToListAsync());
        Assert.Equal((issued.Id, "192.0.2.9", "grants/1.0", 1, 1), (caller.ApiKeyId, caller.Address, caller.UserAgent, caller.Accepted, caller.Refused));
        Assert.Equal(Owner, (await db.OutgoingMails.SingleAsync(mail => mail.OnceOnly!.StartsWith("dead-key:"))).Recipient);
    }

    private KeyCall Call(KeyCallOutcome outcome) =>
        new(key, outcome, tools.Clock.GetUtcNow(), CallerName.Of("192.0.2.7", "grants/1.0 visit https://evil.example"));

    private async Task CallAsync(KeyCallOutcome outcome)
    {
        usage.Note(Call(outcome));
        tools.Clock.Advance(CallRecorder.WriteAfter);
        await usage.Writing;
    }

    private async Task<IReadOnlyList<OutgoingMail>> ReadAsync()
    {
        await using var db = tools.Database.CreateDbContext();
        return await db.OutgoingMails.Where(mail => mail.OnceOnly!.StartsWith("dead-key:")).ToListAsync();
    }
}
