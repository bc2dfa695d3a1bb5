using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Delivery;

/// <summary>What becomes of messages at a real mail server.</summary>
public sealed class MessagesOverSmtpTests
{
    private const string Raj = "raj@agency.gov.sg";
    private const string Copy = "copy@agency.gov.sg";

    [FactNeeding(Needs.MailServer)]
    public async Task A_message_that_the_server_takes_is_sent_with_an_envelope_for_each_address()
    {
        await using var server = await IndependentSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(("bcc", new JsonArray(Copy)));
        app.App.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.App.RunJobsAsync();

        var received = new[] { await server.NextAsync(), await server.NextAsync() };
        Assert.Equal([Copy, Raj], received.Select(mail => Assert.Single(mail.Recipients)).Order());
        Assert.All(received, mail => Assert.Equal(MessagesApp.Service, mail.From));
        var message = await app.OnlyMessageAsync();
        Assert.Equal((MessageStatus.Sent, null), (message.Status, message.ErrorCode));
        Assert.Equal((app.App.Clock.GetUtcNow(), app.App.Clock.GetUtcNow()), (message.SentAt!.Value, message.UpdatedAt));
    }

    [Fact]
    public async Task A_message_that_the_server_refuses_for_good_bounces_with_its_answer()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Raj, "550 5.1.1 No such mailbox");
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(("cc", new JsonArray(Copy)));

        await app.App.RunJobsAsync();

        var message = await app.OnlyMessageAsync();
        Assert.Equal((MessageStatus.Bounced, "550", "550 5.1.1 No such mailbox"), (message.Status, message.ErrorCode, message.ErrorReason));
        Assert.Equal([Copy], (await server.NextAsync()).Recipients);
    }

    [Fact]
    public async Task A_copy_that_bounces_changes_nothing_for_the_message()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Copy, "550 5.1.1 No such mailbox");
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(("cc", new JsonArray(Copy)));

        await app.App.RunJobsAsync();

        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
        Assert.Equal(MailState.Failed, (await app.MailsAsync()).Single(mail => mail.Recipient == Copy).State);
    }

    [Fact]
    public async Task A_greylisted_message_stays_accepted_until_the_server_takes_it()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Raj, "451 4.7.1 Greylisted", times: 1);
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync();

        await app.App.RunJobsAsync();
        Assert.Equal(MessageStatus.Accepted, (await app.OnlyMessageAsync()).Status);
        app.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.App.RunJobsAsync();

        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
        await server.NextAsync();
        Assert.True(server.IsEmpty);
    }

    [Fact]
    public async Task A_message_that_is_deferred_for_three_days_expires()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.Refuse(Raj, "451 4.7.1 Not now");
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync();

        await app.App.RunJobsAsync();
        app.App.Clock.Advance(TimeSpan.FromDays(3));
        await app.App.RunJobsAsync();

        var message = await app.OnlyMessageAsync();
        Assert.Equal((MessageStatus.Bounced, "expired"), (message.Status, message.ErrorCode));
        Assert.Equal("Given up after three days. 451 4.7.1 Not now", message.ErrorReason);
        var answer = await app.Client.GetFromJsonAsync<JsonElement>($"/v1/transactional/email/{message.Id}");
        Assert.Equal(
            ("BOUNCED", "expired", "4.7.1"),
            (answer.GetProperty("status").GetString(), answer.GetProperty("error_code").GetString(), answer.GetProperty("error_sub_type").GetString()));
    }
}
