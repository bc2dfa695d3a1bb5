using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Admin.MailQueue;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages;

/// <summary>What becomes of messages later: tried again by an administrator, and blanked.</summary>
public sealed class MessageLifeTests
{
    private const string Raj = "raj@agency.gov.sg";
    private const string Copy = "copy@agency.gov.sg";

    private static readonly MailDelivery.Refused Never = new("550 5.1.1 No such mailbox", IsFinal: true, Code: 550);

    [Fact]
    public async Task A_bounced_message_is_accepted_again_when_an_administrator_retries_it()
    {
        await using var app = await MessagesApp.StartAsync();
        app.App.Mail.Refuse(Raj, Never);
        await app.SendAsync();
        await app.App.RunJobsAsync();
        var filter = new FailedMailFilter(OfPrograms: true, SearchText: "No such mailbox");
        var failed = Assert.Single(await Report(app).ListFailedAsync(filter, CancellationToken.None));
        Assert.Equal((MessagesApp.Mei, "Your grant", true), (failed.AccountEmail, failed.Subject, failed.CanRetry));
        app.App.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await Report(app).RetryAllAsync(
            new FailedMailFilter(MailId: failed.Id), DateTimeOffset.MaxValue, CancellationToken.None));

        var message = await app.OnlyMessageAsync();
        Assert.Equal((MessageStatus.Accepted, null, null), (message.Status, message.ErrorCode, message.ErrorReason));
        Assert.Equal(app.App.Clock.GetUtcNow(), message.UpdatedAt);
        app.App.Mail.Refuse(Raj, null);
        await app.App.RunJobsAsync();
        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
    }

    [Fact]
    public async Task Retrying_a_copy_alone_leaves_the_status_as_it_is()
    {
        await using var app = await MessagesApp.StartAsync();
        app.App.Mail.Refuse(Raj, Never);
        app.App.Mail.Refuse(Copy, Never);
        await app.SendAsync(("cc", new JsonArray(Copy)));
        await app.App.RunJobsAsync();
        var copy = (await app.MailsAsync()).Single(mail => mail.Recipient == Copy);

        Assert.Equal(1, await Report(app).RetryAllAsync(
            new FailedMailFilter(MailId: copy.Id), DateTimeOffset.MaxValue, CancellationToken.None));

        Assert.Equal(MessageStatus.Bounced, (await app.OnlyMessageAsync()).Status);
    }

    [Fact]
    public async Task Retrying_a_copy_does_not_touch_a_message_that_was_sent()
    {
        await using var app = await MessagesApp.StartAsync();
        app.App.Mail.Refuse(Copy, Never);
        await app.SendAsync(("cc", new JsonArray(Copy)));
        await app.App.RunJobsAsync();

        await Report(app).RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
    }

    [Fact]
    public async Task The_body_is_blanked_a_month_after_the_last_mail_was_settled_and_then_nothing_is_retried()
    {
        await using var app = await MessagesApp.StartAsync();
        app.App.Mail.Refuse(Copy, Never);
        await app.SendAsync(("cc", new JsonArray(Copy)));
        await app.App.RunJobsAsync();

        app.App.Clock.Advance(TimeSpan.FromDays(30));
        await CleanUpAsync(app);
        Assert.Equal(("<p>Dear Raj</p>", "Dear Raj\n"), ((await app.OnlyMessageAsync()).Body, (await app.OnlyMessageAsync()).Text));
        app.App.Clock.Advance(TimeSpan.FromTicks(1));
        await CleanUpAsync(app);

        var blanked = await app.OnlyMessageAsync();
        Assert.Equal((null, null, null, "Your grant"), (blanked.Body, blanked.Text, blanked.Pictures, blanked.Subject));
        Assert.False(Assert.Single(await Report(app).ListFailedAsync(FailedMailFilter.All, CancellationToken.None)).CanRetry);
        Assert.Equal(0, await Report(app).RetryAllAsync(FailedMailFilter.All, DateTimeOffset.MaxValue, CancellationToken.None));
    }

    [Fact]
    public async Task No_body_is_blanked_without_what_was_read_of_it()
    {
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync();
        await using var db = app.App.CreateDbContext();

        var refusal = await Assert.ThrowsAsync<SqliteException>(
            () => db.Messages.ExecuteUpdateAsync(set => set.SetProperty(message => message.Body, (string?)null)));

        Assert.Contains("CK_Messages_Text", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_bodies_there_are_none_is_left()
    {
        await using var app = await MessagesApp.StartAsync();
        await using var db = app.App.CreateDbContext();
        var key = await db.ApiKeys.SingleAsync();
        db.Messages.AddRange(Enumerable.Range(0, 1_100).Select(_ => TestMessages.Create(app.Account.Id, key.Id, app.App.Clock.GetUtcNow())));
        await db.SaveChangesAsync();
        app.App.Clock.Advance(TimeSpan.FromDays(31));

        await CleanUpAsync(app);

        Assert.Equal(0, await db.Messages.CountAsync(message => message.Body != null));
    }

    [Fact]
    public async Task A_message_with_a_mail_that_still_waits_keeps_its_body()
    {
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync();

        app.App.Clock.Advance(TimeSpan.FromDays(60));
        await CleanUpAsync(app);

        Assert.NotNull((await app.OnlyMessageAsync()).Body);
    }

    [Fact]
    public async Task Idempotency_keys_are_forgotten_after_a_day()
    {
        await using var app = await MessagesApp.StartAsync();
        using var response = await app.PostAsync(MessagesApp.Message().ToJsonString(), "grant-1");
        await using var db = app.App.CreateDbContext();

        app.App.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        await CleanUpAsync(app);
        Assert.Equal(1, await db.SendReceipts.CountAsync());
        app.App.Clock.Advance(TimeSpan.FromTicks(1));
        await CleanUpAsync(app);

        Assert.Equal(0, await db.SendReceipts.CountAsync());
    }

    [Fact]
    public async Task Deleting_the_key_holds_up_nothing_that_was_accepted()
    {
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync();
        using var deleted = await app.Client.DeleteAsync("/v1/api-keys/current");

        await app.App.RunJobsAsync();

        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
    }

    private static MailReport Report(MessagesApp app) => app.App.Services.GetRequiredService<MailReport>();

    private static Task CleanUpAsync(MessagesApp app) => app.App.Services.GetRequiredService<MessageCleanUp>().RunAsync(CancellationToken.None);
}
