using Bunit;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Admin;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Admin;

/// <summary>The mails that failed, as an administrator tries them again.</summary>
public sealed class FailedMailPanelTests : PanelTestContext
{
    [Fact]
    public async Task A_retry_that_fails_is_told_and_the_mails_stay()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        Mails.FailsAtCommit = true;

        await panel.Button("Retry mei@agency.gov.sg").ClickAsync(new());

        panel.Says("That did not work, and nothing was changed.");
        Assert.Single(panel.FindAll("tbody tr"));
    }

    [Fact]
    public async Task What_fails_while_the_page_is_open_shows_by_itself()
    {
        var panel = RenderPanel();
        panel.Says("No mail has failed.");
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
        await panel.Button("Retry these (1)").ClickAsync(new());

        panel.Says("1 mail put in line again.");
        await using var db = Databases.CreateDbContext();
        Assert.Equal(["API key “Payroll” was created"], await db.OutgoingMails.Where(mail => mail.State == MailState.Failed).Select(mail => mail.Subject).ToListAsync());
    }

    [Fact]
    public async Task A_list_that_can_t_be_read_anew_stays_and_says_so()
    {
        await FailAsync("Payroll");
        var panel = RenderPanel();
        Mails.IsBroken = true;

        Keys.Clock.Advance(TimeSpan.FromSeconds(30));
        panel.Says("what you see may be out of date");
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

        await panel.Button("Retry mei@agency.gov.sg").ClickAsync(new());

        JSInterop.VerifyFocusAsyncInvoke();
    }

    private IRenderedComponent<FailedMailPanel> RenderPanel()
    {
        // The list of kinds needs a place where lists open.
        _ = Dialogs;
        return Render<FailedMailPanel>();
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
    }
}
