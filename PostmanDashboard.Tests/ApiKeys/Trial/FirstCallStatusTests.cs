using Bunit;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

/// <summary>What whoever has just made a key sees of its first call, without doing anything.</summary>
public sealed class FirstCallStatusTests : PanelTestContext
{
    [Fact]
    public async Task It_waits_for_the_first_call_and_then_says_when_it_came_and_from_whom()
    {
        var key = await Keys.IssueAsync(Account);
        var shown = Show(key);
        Assert.Equal("Waiting for the first call…", shown.Text());
        Assert.Equal("status", shown.Find("p").GetAttribute("role"));

        await Databases.CallAsync(key.Id, TestClock.Start.AddMinutes(1), "10.1.2.3", "curl/8.5");
        LookAgain();

        shown.Says("First call at 17:01 SGT from 10.1.2.3, curl/8.5 ✓");
    }

    [Fact]
    public async Task That_it_was_used_is_said_at_once_and_by_whom_as_soon_as_that_is_written()
    {
        var key = await Keys.IssueAsync(Account);
        var shown = Show(key);

        Assert.IsType<ApiKeyVerification.Accepted>(await Keys.Verifier.VerifyAsync(key.Token.Plaintext, CancellationToken.None));
        LookAgain();
        shown.Says("First call at 17:00 SGT ✓");

        await Databases.CallAsync(key.Id, TestClock.Start.AddMinutes(1), "10.1.2.3", "curl/8.5");
        LookAgain();
        shown.Says("First call at 17:00 SGT from 10.1.2.3, curl/8.5 ✓");
    }

    [Fact]
    public async Task A_first_call_that_was_rejected_is_said_with_its_reason_and_a_good_one_after_it_as_well()
    {
        var key = await Keys.IssueAsync(Account);
        var shown = Show(key);
        await using (var db = await Databases.CreateDbContextAsync())
        {
            db.KeyCallers.Add(new KeyCaller
            {
                ApiKeyId = key.Id,
                Address = "10.1.2.3",
                UserAgent = "curl/8.5",
                FirstSeenAt = TestClock.Start,
                LastSeenAt = TestClock.Start,
                Accepted = 0,
                Refused = 1,
            });
            await db.SaveChangesAsync();
        }

        await Keys.SetDisabledAsync(Account, TestClock.Start);
        LookAgain();
        shown.Says("A call at 17:00 SGT from 10.1.2.3, curl/8.5 was rejected. The account is disabled.");

        await Databases.CallAsync(key.Id, TestClock.Start.AddMinutes(5), "10.1.2.3", "curl/8.5");
        LookAgain();
        shown.Says("First call at 17:05 SGT from 10.1.2.3, curl/8.5 ✓");
    }

    [Fact]
    public async Task A_call_with_another_key_is_none_of_this_one()
    {
        var key = await Keys.IssueAsync(Account);
        var other = await Keys.IssueAsync(Account, "Clinic booking");
        var shown = Show(key);

        await Databases.CallAsync(other.Id, TestClock.Start);
        LookAgain();
        LookAgain();

        Assert.Equal("Waiting for the first call…", shown.Text());
    }

    private IRenderedComponent<FirstCallStatus> Show(IssueApiKeyResult.Issued key) =>
        Render<FirstCallStatus>(parameters => parameters.Add(status => status.Token, key.Token));

    private void LookAgain() => Keys.Clock.Advance(TimeSpan.FromSeconds(2));
}
