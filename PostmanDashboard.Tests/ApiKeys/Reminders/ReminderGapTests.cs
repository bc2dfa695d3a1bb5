using CsCheck;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Reminders;

/// <summary>The process is down for a while, or for several: nobody is forgotten, and nobody hears a thing twice.</summary>
public sealed class ReminderGapTests
{
    private const int Hours = 24 * 40;

    /// <summary>Between two sweeps: no two stages are nearer to each other than a day.</summary>
    private const int Step = 12;

    private static readonly string[] Contacts = ["a@agency.gov.sg", "b@agency.gov.sg"];

    // From the hour at which the process goes down, for so many hours. A failing sample prints its seed.
    private static readonly Gen<(int From, int Length)[]> Gaps = Gen.Select(Gen.Int[0, Hours], Gen.Int[1, 24 * 20]).Array[1, 3];

    [Fact]
    public Task After_any_gaps_each_stage_was_told_once_or_gave_way_to_a_more_urgent_one_that_was() =>
        Gaps.SampleAsync(AssertNothingIsLostAsync, iter: 15);

    [Theory]
    [InlineData(ReminderStage.TwoWeeks)]
    [InlineData(ReminderStage.ThreeDays)]
    [InlineData(ReminderStage.OneDay)]
    [InlineData(ReminderStage.Expired)]
    public async Task A_gap_that_swallowed_several_stages_is_followed_by_the_most_urgent_alone(ReminderStage tightest)
    {
        using var reminders = new TestReminders();
        var key = await IssueAsync(reminders);
        await reminders.GoToAsync(key, tightest);

        await reminders.RunJobsAsync();

        Assert.Equal(2, reminders.Mail.Sent.Count);
        Assert.All(await reminders.RemindersAsync(key), row => Assert.Equal(
            row.Stage < tightest ? ReminderState.Superseded : row.Stage == tightest ? ReminderState.Queued : ReminderState.Planned, row.State));
    }

    private static async Task AssertNothingIsLostAsync((int From, int Length)[] gaps)
    {
        using var reminders = new TestReminders();
        var key = await IssueAsync(reminders);
        reminders.Clock.SetUtcNow((await reminders.ExpiryOfAsync(key)).AddDays(-35));
        List<DateTimeOffset> sweeps = [];
        for (var hour = 0; hour < Hours; hour += Step)
        {
            reminders.Clock.Advance(TimeSpan.FromHours(Step));
            if (!gaps.Any(gap => hour >= gap.From && hour < gap.From + gap.Length))
            {
                sweeps.Add(reminders.Clock.GetUtcNow());
                await reminders.RunJobsAsync();
            }
        }

        reminders.Clock.Advance(TimeSpan.FromHours(Step));
        sweeps.Add(reminders.Clock.GetUtcNow());
        await reminders.RunJobsAsync();

        var rows = await reminders.RemindersAsync(key);
        foreach (var contact in Contacts)
        {
            var own = rows.Where(row => row.Contact == contact).ToList();
            // A stage is told by the first sweep after it is due, and of those that one sweep finds, the tightest.
            var told = own.GroupBy(row => sweeps.First(sweep => sweep >= row.DueAt)).ToDictionary(found => found.Key, found => found.MaxBy(row => row.Stage)!);

            Assert.Equal(5, own.Count);
            Assert.Equal(told.Keys.Order(), reminders.Mail.To(contact).Select(mail => mail.Date));
            Assert.All(own, row => Assert.Equal(told.ContainsValue(row) ? ReminderState.Queued : ReminderState.Superseded, row.State));
        }
    }

    private static async Task<Guid> IssueAsync(TestReminders reminders) =>
        await reminders.IssueQuietlyAsync(await reminders.Keys.AddAccountAsync(), "Grant system", ApiKeyLifetime.SixMonths, Contacts);
}
