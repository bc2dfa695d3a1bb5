using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.History;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Rotation;

/// <summary>An old key that is deleted by itself: a clock walks through the days, and the job runs each hour of them, on two machines.</summary>
public sealed class AutoDeleteTests : AsyncLifetime, IDisposable
{
    private const string Owner = "mei@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";

    private static readonly Actor Mei = new(Owner, "192.0.2.1");

    private readonly TestReminders reminders = new();
    private readonly List<(double Hours, string Subject)> mails = [];
    private Account account = null!;
    private Guid old;
    private Guid replacement;
    private Guid rotation;

    private TestKeys Keys => reminders.Keys;

    private RotationChoices Choices => Keys.Get<RotationChoices>();

    private DateTimeOffset Now => Keys.Clock.GetUtcNow();

    public void Dispose() => reminders.Dispose();

    public override async Task InitializeAsync()
    {
        account = await Keys.AddAccountAsync(Owner);
        old = await reminders.IssueQuietlyAsync(account, "Grants", ApiKeyLifetime.SixMonths, Ann);
        var started = await Keys.Get<KeyRotations>().StartAsync(
            account.Id, old, new NewApiKey("Grants (2)", [Ann], ApiKeyLifetime.SixMonths), Mei, CancellationToken.None);
        replacement = Assert.IsType<StartRotationResult.Started>(started).Replacement.Id;
        rotation = (await SituationAsync()).Current!.Id;
        await using var db = Keys.Database.CreateDbContext();
        await db.OutgoingMails.ExecuteDeleteAsync();
    }

    [Fact]
    public async Task It_goes_a_day_after_it_was_safe_and_everyone_is_told_before_and_after()
    {
        await ChooseAsync();
        await WalkAsync(hours: 5);
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 60);

        // Quiet for 24 hours from the fifth hour on, and a day's notice.
        Assert.Equal(
            [(29, "API key “Grants” will be deleted on 7 Jan 2026, 22:00 SGT"), (53, "API key “Grants” was deleted")], mails.Distinct());
        Assert.Equal(2, reminders.Mail.To(Owner).Count);
        var before = reminders.Mail.To(Ann)[0].TextBody!;
        Assert.Contains("will be deleted in 1 day, as mei@agency.gov.sg chose", before, StringComparison.Ordinal);
        Assert.Contains("Will be deleted: 7 Jan 2026, 22:00 SGT, in 1 day", before, StringComparison.Ordinal);
        Assert.Contains($"https://postman.example/settings/keys/{old}/rotate", before, StringComparison.Ordinal);
        var past = Assert.Single((await Keys.Get<KeyHistory>().ListAsync(account.Id, page: 0, CancellationToken.None)).Keys);
        Assert.Equal((TestClock.Start.AddHours(53), "itself after its rotation, chosen by mei@agency.gov.sg"), (past.DeletedAt, past.DeletedBy));
        Assert.Equal(
            [KeyEventKind.Deleted, KeyEventKind.AutoDeletePlanned, KeyEventKind.AutoDeleteChosen, KeyEventKind.RotationStarted, KeyEventKind.Generated],
            (await Keys.Get<KeyActivity>().ListAsync(account.Id, old, beforeId: null, CancellationToken.None)).Select(happened => happened.Kind));
        Assert.NotNull((await SituationAsync()).Current!.CompletedAt);
    }

    [Fact]
    public async Task A_new_call_with_the_old_key_stops_it_which_is_told_once_and_it_waits_again()
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 30);
        await Keys.Database.CallAsync(old, Now, "10.1.2.3");
        await WalkAsync(hours: 60);
        Assert.Equal(
            [(24, "API key “Grants” will be deleted on 7 Jan 2026, 17:00 SGT"), (31, "API key “Grants” won’t be deleted on 7 Jan 2026")],
            mails.Distinct());
        var text = reminders.Mail.To(Ann)[^1].TextBody!;
        Assert.Contains("A program called with “Grants” on 6 Jan 2026, 23:00 SGT, from 10.1.2.3.", text, StringComparison.Ordinal);

        // It has switched at last.
        await Keys.Database.CallAsync(replacement, Now, "10.1.2.3");
        await WalkAsync(hours: 48);

        Assert.Equal(4, mails.Distinct().Count());
        Assert.Equal("API key “Grants” was deleted", mails[^1].Subject);
    }

    [Fact]
    public async Task A_call_stops_it_also_where_it_has_been_quiet_for_long_enough_since()
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 24);
        await Keys.Database.CallAsync(old, Now.AddHours(1));
        await Keys.Database.CallAsync(replacement, Now.AddHours(1).AddMinutes(1));
        // No machine ran meanwhile.
        Keys.Clock.Advance(TimeSpan.FromHours(40));

        await Keys.Get<AutoDeleteSweep>().RunAsync(CancellationToken.None);

        Assert.Null((await FindOldAsync()).DeletedAt);
        Assert.Equal("API key “Grants” won’t be deleted on 7 Jan 2026", (await NewMailsAsync()).Distinct().Single());
    }

    [Fact]
    public async Task A_call_that_was_refused_because_the_old_key_is_paused_stops_it_too()
    {
        await ChooseAsync();
        await Keys.Get<KeyPauses>().PauseAsync(account.Id, old, Mei, CancellationToken.None);
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 30);
        await Keys.Database.AddCallerAsync(old, "10.1.2.3", Now, refused: 1);

        await WalkAsync(hours: 60);

        Assert.Equal(
            [(24, "API key “Grants” will be deleted on 7 Jan 2026, 17:00 SGT"), (31, "API key “Grants” won’t be deleted on 7 Jan 2026")],
            mails.Distinct());
    }

    [Fact]
    public async Task A_refused_call_stops_it_also_where_it_has_been_quiet_for_long_enough_since()
    {
        await ChooseAsync();
        await Keys.Get<KeyPauses>().PauseAsync(account.Id, old, Mei, CancellationToken.None);
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 24);
        await Keys.Database.AddCallerAsync(old, "", Now.AddHours(1), refused: 1);
        await Keys.Database.CallAsync(replacement, Now.AddHours(1).AddMinutes(1));
        Keys.Clock.Advance(TimeSpan.FromHours(40));

        await Keys.Get<AutoDeleteSweep>().RunAsync(CancellationToken.None);

        Assert.Null((await FindOldAsync()).DeletedAt);
        Assert.Equal("API key “Grants” won’t be deleted on 7 Jan 2026", (await NewMailsAsync()).Distinct().Single());
    }

    [Fact]
    public async Task Nothing_is_deleted_while_the_replacement_is_paused()
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 30);
        await Keys.Get<KeyPauses>().PauseAsync(account.Id, replacement, Mei, CancellationToken.None);

        await WalkAsync(hours: 60);

        Assert.Equal("API key “Grants” won’t be deleted on 7 Jan 2026", mails[^1].Subject);
        Assert.Equal(RotationReadiness.NewPaused, (await SituationAsync()).Current!.State!.Readiness);
        Assert.Contains("“Grants (2)” is paused, so nothing can switch to it.", reminders.Mail.To(Ann)[^1].TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_has_not_switched_keeps_it_and_one_that_is_gone_does_not()
    {
        await Keys.Database.CallAsync(old, TestClock.Start.AddDays(-3), "10.1.2.9", "weekly/1");
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 72);
        Assert.Empty(mails);

        var caller = Assert.Single((await SituationAsync()).Current!.Callers, caller => caller.WouldBreak);
        await Keys.Get<GoneCallers>().AddAsync(account.Id, rotation, caller, CancellationToken.None);
        await WalkAsync(hours: 26);

        Assert.Equal("API key “Grants” was deleted", mails[^1].Subject);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_can_be_undone_to_the_last_and_ends_with_the_rotation(bool abandons)
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 47);

        Assert.True(abandons
            ? await Keys.Get<KeyRotations>().AbandonAsync(account.Id, rotation, Mei, CancellationToken.None)
            : await Choices.KeepAsync(account.Id, rotation, Mei, CancellationToken.None));
        await WalkAsync(hours: 48);

        Assert.Null((await FindOldAsync()).DeletedAt);
        Assert.Equal(
            ["API key “Grants” will be deleted on 7 Jan 2026, 17:00 SGT", "API key “Grants” won’t be deleted on 7 Jan 2026"],
            mails.Select(mail => mail.Subject).Distinct());
    }

    [Fact]
    public async Task Where_nobody_chose_it_nothing_goes_and_nobody_is_told()
    {
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 72);

        Assert.Null((await FindOldAsync()).DeletedAt);
        Assert.Empty(mails);
    }

    [Fact]
    public async Task Another_account_chooses_nothing_and_a_disabled_one_loses_nothing()
    {
        var other = await Keys.AddAccountAsync("raj@agency.gov.sg");
        Assert.False(await Choices.DeleteByItselfAsync(other.Id, rotation, Mei, CancellationToken.None));
        Assert.False(await Choices.TakeOldLabelAsync(other.Id, rotation, takes: true, CancellationToken.None));
        await ChooseAsync();
        Assert.False(await Choices.KeepAsync(other.Id, rotation, Mei, CancellationToken.None));
        await Keys.Database.CallAsync(replacement, Now);
        await Keys.SetDisabledAsync(account, Now);

        await WalkAsync(hours: 72);

        Assert.Null((await FindOldAsync()).DeletedAt);
        Assert.Empty(mails);
    }

    [Fact]
    public async Task Many_machines_and_the_person_at_the_same_moment_delete_it_once_and_tell_once()
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 24);
        Keys.Clock.Advance(TimeSpan.FromHours(24));

        await Together.RunAsync(8, async number =>
        {
            if (number == 0)
            {
                await Keys.DeleteAsync(account, old);
            }
            else
            {
                await Keys.Create<AutoDeleteSweep>().RunAsync(CancellationToken.None);
            }

            return number;
        });

        Assert.Equal(2, (await NewMailsAsync()).Count(subject => subject == "API key “Grants” was deleted"));
        var deleted = (await Keys.Get<KeyActivity>().ListAsync(account.Id, old, beforeId: null, CancellationToken.None))
            .Where(happened => happened.Kind == KeyEventKind.Deleted);
        Assert.Single(deleted);
    }

    [Fact]
    public async Task After_the_clock_was_set_back_a_deletion_far_ahead_is_announced_anew()
    {
        await ChooseAsync();
        await Keys.Database.CallAsync(replacement, Now);
        await WalkAsync(hours: 24);
        await using (var db = Keys.Database.CreateDbContext())
        {
            var row = await db.KeyRotations.SingleAsync();
            row.PlanDeletion(Now.AddDays(300));
            await db.SaveChangesAsync();
        }

        await RunAsync();

        Assert.Equal(Now.AddDays(1), (await SituationAsync()).Current!.Automatic.DeleteAt);
    }

    private async Task ChooseAsync() => Assert.True(await Choices.DeleteByItselfAsync(account.Id, rotation, Mei, CancellationToken.None));

    /// <summary>Hour by hour, with what is mailed in each of them.</summary>
    private async Task WalkAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            Keys.Clock.Advance(TimeSpan.FromHours(1));
            await RunAsync();
            var sent = await NewMailsAsync();
            mails.AddRange(sent.Select(subject => ((Now - TestClock.Start).TotalHours, subject)));
        }
    }

    /// <summary>On two machines at once.</summary>
    private Task<IReadOnlyList<int>> RunAsync() => Together.RunAsync(2, async number =>
    {
        await Keys.Create<AutoDeleteSweep>().RunAsync(CancellationToken.None);
        return number;
    });

    private async Task<IReadOnlyList<string>> NewMailsAsync()
    {
        var before = reminders.Mail.Sent.Count;
        await reminders.SendAsync();
        return [.. reminders.Mail.Sent.Skip(before).Select(mail => mail.Subject!)];
    }

    private async Task<RotationSituation> SituationAsync() =>
        (await Keys.Get<RotationReport>().FindAsync(account.Id, old, CancellationToken.None))!;

    private async Task<ApiKey> FindOldAsync()
    {
        await using var db = Keys.Database.CreateDbContext();
        return await db.ApiKeys.SingleAsync(key => key.Id == old);
    }
}
