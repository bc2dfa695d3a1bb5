using Bunit;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Failures;
using PostmanDashboard.Tests.Testing.Components;

namespace PostmanDashboard.Tests.Admin.MailQueue;

/// <summary>The mails that failed, as an administrator tries them again.</summary>
public sealed class FailedMailPanelTests : PanelTestContext
{
    [Fact]
    public async Task An_acknowledgement_that_fails_is_told_and_the_mails_stay()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        Mails.IsBroken = true;

        await panel.Button("Acknowledge mei@agency.gov.sg").ClickAsync(new());

        panel.Says("That did not work, and nothing was changed.");
        Assert.Single(panel.FindAll("tbody tr"));
    }

    [Fact]
    public async Task What_fails_while_the_page_is_open_shows_by_itself()
    {
        var panel = RenderPanel();
        panel.Says("No failed mails are waiting for you.");
        await FailAsync("Payroll");

        Keys.Clock.Advance(TimeSpan.FromSeconds(30));

        panel.Says("API key “Payroll” was created");
        panel.Says("Retry all (1)");
    }

    [Fact]
    public async Task What_the_filter_leaves_out_is_not_retried()
    {
        await FailAsync("Payroll");
        await FailAsync("Grants");
        var panel = RenderPanel();
        panel.Says("Retry all (2)");

        await panel.Field("Find").InputAsync(new() { Value = "grants" });
        var asking = AskAsync(panel, "Retry these (1)");
        Dialogs.Says("that match the filter");
        await Dialogs.Button("Retry 1 mail").ClickAsync(new());
        await asking;

        panel.Says("1 mail queued again.");
        await using var db = Databases.CreateDbContext();
        Assert.Equal(["API key “Payroll” was created"],
            await db.OutgoingMails.Where(mail => mail.State == MailState.Failed).Select(mail => mail.Subject).ToListAsync());
    }

    [Fact]
    public async Task Before_all_are_retried_it_says_how_many_of_which_kinds_to_whom_and_how_old_they_are()
    {
        await FailAsync("Payroll");
        await FailAsync("Grants");
        Keys.Clock.Advance(TimeSpan.FromDays(3));
        var panel = RenderPanel();

        var asking = AskAsync(panel, "Retry all (2)");

        Dialogs.Says("2 mails will be sent again now");
        Dialogs.Says("2 reminders and notices of ours");
        Dialogs.Says("agency.gov.sg (2)");
        Dialogs.Says("mei@agency.gov.sg");
        Dialogs.Says("(3 days ago)");
        Assert.Equal(["Cancel", "Retry 2 mails"], Dialogs.FindAll(".mud-dialog button").Select(button => button.TextContent.Trim()));
        await Dialogs.Button("Cancel").ClickAsync(new());
        await asking;
        await using var db = Databases.CreateDbContext();
        Assert.Equal(2, await db.OutgoingMails.CountAsync(mail => mail.State == MailState.Failed));
    }

    [Fact]
    public async Task Before_one_is_retried_it_says_what_would_be_sent()
    {
        await FailAsync("Payroll");
        await FailAsync("Grants");
        var panel = RenderPanel();

        var asking = panel.FindAll("tbody button").First(button => button.TextContent.Trim() == "Retry").ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");

        Dialogs.Says("Retry this mail?");
        Dialogs.Says("1 mail will be sent again now");
        Dialogs.Says("Reminders are written again when they are sent");
        await Dialogs.Button("Retry 1 mail").ClickAsync(new());
        await asking;
        panel.Says("1 mail queued again.");
        await using var db = Databases.CreateDbContext();
        Assert.Equal(1, await db.OutgoingMails.CountAsync(mail => mail.State == MailState.Failed));
    }

    [Fact]
    public async Task An_acknowledged_failure_leaves_the_list_and_stays_on_record_with_who_did_it()
    {
        await FailAsync("Payroll");
        await FailAsync("Grants");
        var panel = RenderPanel();

        await panel.FindAll("tbody button").First(button => button.TextContent.Trim() == "Acknowledge").ClickAsync(new());
        panel.Says("1 failure acknowledged.");
        Assert.Single(panel.FindAll("tbody tr"));
        await panel.Button("Acknowledge all (1)").ClickAsync(new());
        panel.Says("No failed mails are waiting for you.");
        await panel.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });

        Assert.Equal(2, panel.FindAll("tbody tr").Count);
        panel.Says($"Acknowledged by {Account.Email} on 5 Jan 2026");
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent.Contains("Acknowledge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_retry_of_all_that_fails_is_told_in_the_dialog_and_the_mails_stay()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        var asking = AskAsync(panel, "Retry all (1)");
        Dialogs.Says("1 reminder or notice of ours");
        Mails.FailsAtCommit = true;

        await Dialogs.Button("Retry 1 mail").ClickAsync(new());

        Dialogs.Says("That did not work, and nothing was changed.");
        await Dialogs.Button("Cancel").ClickAsync(new());
        await asking;
        Assert.Single(panel.FindAll("tbody tr"));
    }

    [Fact]
    public async Task What_can_t_be_counted_can_t_be_retried_at_once()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        Mails.IsBroken = true;

        var asking = AskAsync(panel, "Retry all (1)");

        Dialogs.Says("The mails couldn’t be counted.");
        Assert.True(Dialogs.Button("Retry").HasAttribute("disabled"));
        await Dialogs.Button("Cancel").ClickAsync(new());
        await asking;
    }

    [Fact]
    public async Task A_list_that_can_t_be_read_anew_stays_and_says_so()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        Mails.IsBroken = true;

        Keys.Clock.Advance(TimeSpan.FromSeconds(30));
        panel.Says("so they may be out of date");
        Mails.IsBroken = false;
        await panel.Button("Try again").ClickAsync(new());

        Assert.Empty(panel.FindAll("[role=alert]"));
        Assert.Single(panel.FindAll("tbody tr"));
    }

    [Fact]
    public async Task The_focus_of_a_button_that_goes_moves_to_the_heading()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();

        var asking = AskAsync(panel, "Retry mei@agency.gov.sg");
        await Dialogs.Button("Retry 1 mail").ClickAsync(new());
        await asking;

        JSInterop.VerifyFocusAsyncInvoke();
    }

    private IRenderedComponent<FailedMailPanel> RenderPanel()
    {
        // The list of kinds needs a place where lists open.
        _ = Dialogs;
        return Render<FailedMailPanel>(parameters => parameters.Add(one => one.By, Account.Id));
    }

    /// <returns>What ends with the dialog, which is open by now.</returns>
    private Task AskAsync(IRenderedComponent<FailedMailPanel> panel, string button)
    {
        var asking = panel.Button(button).ClickAsync(new());
        Dialogs.WaitForElement(".mud-dialog");
        return asking;
    }

    /// <summary>A key whose notice could not be sent.</summary>
    private async Task FailAsync(string label)
    {
        await AddKeyAsync(label, Account.Email!);
        await using var db = Databases.CreateDbContext();
        await db.OutgoingMails.Where(mail => mail.State == MailState.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(mail => mail.State, MailState.Failed)
            .SetProperty(mail => mail.SettledAt, Keys.Clock.GetUtcNow())
            .SetProperty(mail => mail.Reason, "550 No such mailbox"));
        foreach (var mail in await db.OutgoingMails.Where(mail => !db.MailFailures.Any(failure => failure.MailId == mail.Id)).ToListAsync())
        {
            db.MailFailures.Add(new RecordedFailure { MailId = mail.Id, Kind = mail.Kind, FailedAt = mail.SettledAt!.Value });
        }

        await db.SaveChangesAsync();
    }
}
