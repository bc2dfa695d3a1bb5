using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.HeldBack;

/// <summary>Addresses that bounced for good at a real mail server.</summary>
public sealed class HeldBackTests
{
    private const string Raj = "raj@agency.gov.sg";
    private const string Gone = "550 5.1.1 No such mailbox";

    [Fact]
    public async Task An_address_that_bounced_for_good_is_refused_and_the_answer_says_since_when_why_and_what_to_do()
    {
        await using var server = await StartServerAsync();
        await using var app = await StartBouncedAsync(server);
        app.App.Clock.Advance(TimeSpan.FromDays(3));

        var refused = await app.RefusedAsync("invalid_recipient", ("recipient", "Raj <RAJ@agency.gov.sg>"));

        Assert.Equal(
            "raj@agency.gov.sg has been held back since 5 Jan 2026, 17:00 SGT, because a message to it bounced: 550 5.1.1 No such mailbox. If the address is "
                + "right, release it in the dashboard under Messages → Held back.",
            refused.Message);
        Assert.Single(await app.MailsAsync());
    }

    [Theory]
    [InlineData("cc")]
    [InlineData("bcc")]
    public async Task A_copy_to_a_held_back_address_is_refused_too_and_nobody_gets_the_message(string field)
    {
        await using var server = await StartServerAsync();
        await using var app = await StartBouncedAsync(server);

        var refused = await app.RefusedAsync("invalid_recipient", ("recipient", "li@agency.gov.sg"), (field, new JsonArray(Raj)));

        Assert.StartsWith(Raj, Assert.Single(refused.Errors![field]), StringComparison.Ordinal);
        Assert.Single(await app.MailsAsync());
    }

    [Fact]
    public async Task A_copy_that_bounced_is_held_back_as_a_recipient_is()
    {
        await using var server = await StartServerAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(("recipient", "li@agency.gov.sg"), ("cc", new JsonArray(Raj)));
        await app.App.RunJobsAsync();

        await app.RefusedAsync("invalid_recipient");

        await app.SendAsync(("recipient", "li@agency.gov.sg"));
    }

    [FactNeeding(Needs.MailServer)]
    public async Task Another_server_s_words_hold_an_address_back_as_well()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await server.RefuseAsync(Raj, Gone);
        await app.SendAsync();
        await app.App.RunJobsAsync();

        await app.RefusedAsync("invalid_recipient");
    }

    [Theory]
    [InlineData("550 5.7.1 Relaying denied")]
    [InlineData("552 5.2.2 Mailbox full")]
    public async Task An_address_that_bounced_for_another_reason_is_sent_to_again(string answer)
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Raj, answer);
        await using var app = await StartBouncedAsync(server);

        await app.SendAsync();
    }

    [Fact]
    public async Task It_is_held_back_for_its_account_only()
    {
        await using var server = await StartServerAsync();
        await using var app = await StartBouncedAsync(server);
        using var stranger = await MessagesApp.NewClientAsync(app.App, await app.App.AddAccountAsync("li@agency.gov.sg"), "Payroll");

        using var response = await MessagesApp.PostAsync(stranger, MessagesApp.Message().ToJsonString());

        await MessagesApp.AcceptedAsync(response);
    }

    [Fact]
    public async Task Once_it_is_released_it_is_sent_to_at_once_and_held_back_again_when_it_bounces_again()
    {
        await using var server = await StartServerAsync();
        await using var app = await StartBouncedAsync(server);
        Assert.Equal(1, await ReleaseAllAsync(app));

        app.App.Clock.Advance(TimeSpan.FromDays(1));
        await app.SendAsync();
        await app.App.RunJobsAsync();

        await app.RefusedAsync("invalid_recipient");
        var held = Assert.Single((await ListAsync(app)).Addresses);
        Assert.Equal(
            (app.App.Clock.GetUtcNow(), app.App.Clock.GetUtcNow().AddDays(-1), MessagesApp.Mei), (held.Since, held.ReleasedAt!.Value, held.ReleasedBy));
    }

    [Fact]
    public async Task What_was_accepted_before_is_still_tried_and_holds_the_address_back_once()
    {
        await using var server = await StartServerAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync();
        await app.SendAsync();

        await app.App.RunJobsAsync();

        Assert.All(await app.MailsAsync(), mail => Assert.Equal(MailState.Failed, mail.State));
        Assert.Single((await ListAsync(app)).Addresses);
    }

    [Fact]
    public async Task A_send_that_is_repeated_gets_the_answer_of_the_first_one()
    {
        await using var server = await StartServerAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        var json = MessagesApp.Message().ToJsonString();
        using var first = await app.PostAsync(json, "one");
        await app.App.RunJobsAsync();

        using var again = await app.PostAsync(json, "one");

        Assert.Equal("BOUNCED", (await MessagesApp.AcceptedAsync(again)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Whatever_comes_at_the_same_time_as_a_bounce_is_accepted_before_it_or_refused_after_it()
    {
        await using var server = await StartServerAsync();
        await using var app = await MessagesApp.StartAsync(server.Port, perSecond: 1_000);
        await app.SendAsync();

        var bounce = app.App.RunJobsAsync();
        var codes = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var response = await app.PostAsync();
            return (int)response.StatusCode;
        }));
        await bounce;
        await app.App.RunJobsAsync();

        Assert.All(codes, code => Assert.Contains(code, (int[])[201, 400]));
        Assert.Equal(1 + codes.Count(code => code == 201), (await app.MailsAsync()).Count(mail => mail.State == MailState.Failed));
        await app.RefusedAsync("invalid_recipient");
    }

    [Fact]
    public async Task Our_own_mails_to_an_address_are_never_held_back()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(MessagesApp.Mei, Gone);
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.App.IssueKeyAsync(app.Account, "Payroll");
        await app.App.RunJobsAsync();
        Assert.Empty((await ListAsync(app)).Addresses);

        await app.SendAsync(("recipient", MessagesApp.Mei));
        await app.App.RunJobsAsync();
        Assert.Single((await ListAsync(app)).Addresses);
        await app.App.IssueKeyAsync(app.Account, "Grants");

        Assert.Contains(await app.MailsAsync(), mail => mail is { Kind: MailKind.Notice, State: MailState.Waiting, Recipient: MessagesApp.Mei });
    }

    [Fact]
    public async Task Every_question_about_held_back_addresses_is_answered_in_order_from_an_index()
    {
        using var database = new TestDatabase();
        await using var db = database.CreateDbContext();
        var position = new HeldPosition(TestClock.Start, Guid.NewGuid());

        var plans = new List<string> { await QueryPlan.OfAsync(db, HeldRecipients.Find(db, Guid.NewGuid(), [Raj, MessagesApp.Mei])) };
        foreach (var (account, text, after) in
            from account in (Guid?[])[null, Guid.NewGuid()]
            from text in (string?[])[null, "raj"]
            from after in (HeldPosition?[])[null, position]
            select (account, text, after))
        {
            plans.Add(await QueryPlan.OfAsync(db, HeldAddressLists.After(HeldAddressLists.Find(db, account, text), after).Take(26)));
        }

        Assert.All(plans, plan => Assert.Contains("INDEX IX_HeldAddresses_", plan, StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal));
        Assert.Contains("(AccountId=? AND NormalizedAddress=?)", plans[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_keeps_one_row_for_an_address_of_an_account()
    {
        await using var server = await StartServerAsync();
        await using var app = await StartBouncedAsync(server);
        await using var db = app.App.CreateDbContext();
        var held = await db.HeldAddresses.SingleAsync();
        db.HeldAddresses.Add(new HeldAddress
        {
            AccountId = held.AccountId,
            Address = held.Address,
            NormalizedAddress = held.NormalizedAddress,
            Since = held.Since,
            Reason = held.Reason,
            MessageId = held.MessageId,
        });

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    private static async Task<TestSmtpServer> StartServerAsync()
    {
        var server = await TestSmtpServer.StartAsync();
        server.Refuse(Raj, Gone);
        return server;
    }

    /// <summary>One message to Raj was tried.</summary>
    private static async Task<MessagesApp> StartBouncedAsync(TestSmtpServer server)
    {
        var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync();
        await app.App.RunJobsAsync();
        Assert.Equal(MessageStatus.Bounced, (await app.OnlyMessageAsync()).Status);
        return app;
    }

    private static HeldAddressLists Lists(MessagesApp app) => app.App.Services.GetRequiredService<HeldAddressLists>();

    private static Task<HeldAddressPage> ListAsync(MessagesApp app) => Lists(app).ListAsync(app.Account.Id, null, null, CancellationToken.None);

    private static async Task<int> ReleaseAllAsync(MessagesApp app) => await Lists(app).ReleaseAsync(
        app.Account.Id, [.. (await ListAsync(app)).Addresses.Select(held => held.Id)], app.Account.Id, CancellationToken.None);
}
