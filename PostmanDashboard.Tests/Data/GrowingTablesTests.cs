using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Data;

public sealed class GrowingTablesTests
{
    /// <summary>Those that grow with accounts, keys and calls.</summary>
    private static readonly string[] Growing =
    [
        "AspNetUsers", "ApiKeys", "ApiKeyContacts", "CalendarFeeds", "EndedSessions", "GoneCallers", "HeldAddresses", "KeyCallDays", "KeyCallers", "KeyEvents",
        "KeyRotations", "MailFailures", "MessageAttachments", "Messages", "OutgoingMails", "Reminders", "SendReceipts", "SignInCodes", "SignInLinks",
    ];

    /// <summary>Indexes that may be read from one end: those of the mails that wait or failed, of the rotations that wait to delete their old key, of
    /// addresses, in whose order accounts are listed, and of what is held back, which is listed by the page.</summary>
    private static readonly string[] Short =
        ["IX_OutgoingMails_DueAt", "IX_OutgoingMails_Failed", "IX_KeyRotations_Automatic", "EmailIndex", "IX_HeldAddresses_All"];

    [Fact]
    public async Task No_page_and_no_call_reads_a_table_that_grows_from_end_to_end()
    {
        var commands = new RecordedCommands();
        await using var app = new DashboardApplication { Commands = commands };
        var account = await app.AddAccountAsync("admin@agency.gov.sg");
        var pages = await app.AddLivePagesAsync(account);
        var key = await app.IssueKeyAsync(account, "Receipts");
        await using var db = app.CreateDbContext();
        await db.AddMessageAsync(TestMessages.Create(account.Id, key.Id, app.Clock.GetUtcNow(), tag: "receipts"), MessageStatus.Bounced);

        using var browser = app.CreateClient();
        browser.DefaultRequestHeaders.Add(HeaderNames.Cookie, await app.CreateSignedInCookieAsync(account));
        foreach (var page in pages.Concat(["/messages?search=raj", "/messages?status=sent&tag=receipts", $"/messages?key={key.Id}", "/messages/export.csv"]))
        {
            using var answer = await browser.GetAsync(new Uri(page, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var program = app.CreateClient(key.Token);
        var message = new { subject = "Your receipt", body = "<p>Thank you.</p>", recipient = "raj@example.org", tag = "receipts" };
        using var sent = await program.PostAsJsonAsync("/v1/transactional/email/send", message);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        foreach (var call in new[] { "/v1/api-keys/current", "/v1/transactional/email", "/v1/transactional/email?status=sent&tag=receipts&sort_by=updated_at" })
        {
            using var answer = await program.GetAsync(new Uri(call, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await AddWaitingRotationAsync(app, account);
        await app.Services.GetRequiredService<FirstCallReport>().FindAsync(key.Token.Hash, CancellationToken.None);
        await app.RunJobsAsync();
        var scans = await commands.FindScansAsync(db, Growing, Short);
        Assert.True(scans.Count == 0, string.Join('\n', scans));
    }

    /// <summary>One that waits until its old key can be deleted by itself.</summary>
    private static async Task AddWaitingRotationAsync(DashboardApplication app, Account account)
    {
        var old = await app.IssueKeyAsync(account, "Old");
        var actor = TestKeys.By(account);
        await app.Services.GetRequiredService<KeyRotations>().StartAsync(
            account.Id, old.Id, new NewApiKey("New", [account.Email!], ApiKeyLifetime.SixMonths), actor, CancellationToken.None);
        var rotations = await app.Services.GetRequiredService<RotationReport>().ListAsync(account.Id, CancellationToken.None);
        var waiting = rotations.Single(rotation => rotation.OldKeyId == old.Id);
        await app.Services.GetRequiredService<RotationChoices>().DeleteByItselfAsync(account.Id, waiting.Id, actor, CancellationToken.None);
    }
}
