using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Pages;

/// <summary>What owners and administrators see of reminders and mails.</summary>
[Collection(BrowserFixture.Pages)]
public sealed class ReminderPagesTests(BrowserFixture browser)
{
    private static readonly (string, string) Administrator = ("Accounts:AdminEmails:0", "admin@agency.gov.sg");

    [FactNeeding(Needs.Browser)]
    public async Task An_owner_sees_what_was_told_sends_a_test_mail_and_tries_a_failed_one_again()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var app = dashboard.Application;
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        var key = await app.IssueKeyAsync(account, contacts: ["mei@agency.gov.sg", "ops@agency.gov.sg"]);
        await app.RunJobsAsync();
        var page = await dashboard.OpenSettingsAsync(account);

        await page.OpenInteractiveAsync($"/settings/keys/{key.Id}/reminders");
        var timeline = page.GetByRole(AriaRole.Region, new() { Name = "Reminders of Grant system" });
        await Expect(timeline.GetByText("Planned")).ToHaveCountAsync(10);
        app.Mail.Refusal = new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true);
        await page.Button("Send a test mail").ClickAsync();
        await Expect(timeline.GetByText("A test mail is on its way to each of the 2 contacts.")).ToBeVisibleAsync();
        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(31));

        await Expect(timeline.GetByText("550 5.1.1 No such mailbox")).ToHaveCountAsync(2);
        await page.AssertAccessibleAsync();
        await page.PictureAsync("reminders");
        app.Mail.Refusal = null;
        await page.Button("Retry ops@agency.gov.sg").ClickAsync();
        await Expect(timeline.GetByText("The mail is queued again.")).ToBeVisibleAsync();
        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(31));

        await page.Button("Send a test mail").ClickAsync();
        await Expect(timeline.GetByText("A test mail was sent within the last hour.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByText("Can’t be reached: mei@agency.gov.sg.")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task A_link_from_before_keys_had_pages_of_their_own_leads_to_the_key()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var key = await dashboard.Application.IssueKeyAsync(account);
        var page = await dashboard.NewSignedInPageAsync(account);

        await page.OpenInteractiveAsync($"/settings?key={key.Id}");

        await Expect(page).ToHaveURLAsync(new Regex($"/settings/keys/{key.Id}$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Grant system", Level = 1 })).ToBeVisibleAsync();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task An_administrator_sees_how_mail_is_doing_and_tries_all_failed_ones_again(ColorScheme colors)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, Administrator);
        var app = dashboard.Application;
        app.Mail.Refusal = new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true);
        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"), contacts: ["ops@agency.gov.sg"]);
        await app.RunJobsAsync();
        var page = await dashboard.NewSignedInPageAsync(await app.AddAccountAsync("admin@agency.gov.sg"), options => options.ColorScheme = colors);

        await page.OpenInteractiveAsync("/admin/mail");
        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Failed mails" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(3);
        await page.AssertAccessibleAsync();
        app.Mail.Refusal = null;
        await page.Field("Find").FillAsync("ops@");
        await Expect(rows).ToHaveCountAsync(2);
        await page.Button("Retry these (1)").ClickAsync();
        await Expect(page.Button("Cancel")).ToBeFocusedAsync();
        await Expect(page.Button("Retry 1 mail")).ToBeEnabledAsync();
        await page.AssertAccessibleAsync();
        await page.Button("Retry 1 mail").ClickAsync();
        await Expect(page.GetByText("1 mail queued again.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Failed mails", new() { Exact = true })).ToBeFocusedAsync();
        await page.Field("Find").FillAsync("");
        await page.Button("Retry all (1)").ClickAsync();
        await page.Button("Retry 1 mail").ClickAsync();
        await Expect(page.GetByText("No failed mails are waiting for you.")).ToBeVisibleAsync();
        await app.RunJobsAsync();

        await using var db = app.CreateDbContext();
        Assert.Equal(0, await db.OutgoingMails.CountAsync(mail => mail.State != MailState.Sent));
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task An_administrator_sees_what_waits_and_sends_it_now(ColorScheme colors, int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, Administrator);
        var app = dashboard.Application;
        app.Mail.Refuse("mei@agency.gov.sg", new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true));
        app.Mail.Refuse("ops@agency.gov.sg", new MailDelivery.Refused("451 4.7.1 Greylisted, come back later", IsFinal: false));
        await app.IssueKeyAsync(await app.AddAccountAsync("mei@agency.gov.sg"), contacts: ["ops@agency.gov.sg"]);
        await app.RunJobsAsync();
        var page = await dashboard.NewSignedInPageAsync(
            await app.AddAccountAsync("admin@agency.gov.sg"),
            options => (options.ColorScheme, options.ViewportSize) = (colors, new ViewportSize { Width = width, Height = 740 }));

        await page.OpenInteractiveAsync("/admin/mail");
        var waiting = page.GetByRole(AriaRole.Region, new() { Name = "Waiting mails" });
        await Expect(waiting.GetByText("451 4.7.1 Greylisted, come back later")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Failed mails" }).GetByText("550 5.1.1 No such mailbox")).ToBeVisibleAsync();
        await page.AssertGoodAsync();
        if (colors == ColorScheme.Light)
        {
            await page.PictureAsync("admin-mail");
        }

        app.Mail.Refuse("ops@agency.gov.sg", null);
        await page.Button("Send waiting mails now").ClickAsync();
        await Expect(waiting.GetByText("Trying 1 mail now.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Waiting mails", new() { Exact = true })).ToBeFocusedAsync();
        await app.RunJobsAsync();

        Assert.Contains("ops@agency.gov.sg", app.Mail.Envelopes);
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(700)]
    [InlineData(768)]
    [InlineData(1100)]
    [InlineData(1217)]
    public async Task The_links_of_an_administrator_stand_in_one_row(int width)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, Administrator);
        var page = await dashboard.NewSignedInPageAsync(
            await dashboard.Application.AddAccountAsync("admin@agency.gov.sg"), options =>
                options.ViewportSize = new ViewportSize { Width = width, Height = 740 });

        await page.OpenInteractiveAsync("/");

        Assert.Equal(1, await page.EvaluateAsync<int>(
            "new Set([...document.querySelectorAll('.bar-links a')].map(link => link.getBoundingClientRect().top)).size"));
        await page.AssertGoodAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task An_administrator_goes_to_the_background_jobs_and_back()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, Administrator);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("admin@agency.gov.sg"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Background jobs" }).ClickAsync();
        await Expect(page.GetByText("Realtime Graph")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await page.PictureAsync("background-jobs");
        foreach (var part in new[] { "/hangfire/recurring", "/hangfire/servers", "/hangfire/jobs/enqueued", "/hangfire/retries" })
        {
            await page.GotoAsync(part);
            await page.AssertAccessibleAsync();
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to site" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mail", Exact = true })).ToBeVisibleAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Staff_see_no_way_to_what_is_for_administrators_and_are_refused_there()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser, Administrator);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Background jobs" })).ToHaveCountAsync(0);
        await page.GotoAsync("/admin/mail");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not for this account" })).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
    }
}
