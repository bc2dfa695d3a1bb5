using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MimeKit;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Sending;

/// <summary>What a program gets for a message that is as it should be.</summary>
public sealed class SendMessageTests
{
    [Fact]
    public async Task The_answer_is_the_message_as_the_existing_clients_read_it()
    {
        await using var app = await MessagesApp.StartAsync();

        using var response = await app.PostAsync(("tag", "grants"));
        var answer = await MessagesApp.AcceptedAsync(response);

        Assert.Equal(
            [
                "id", "from", "recipient", "params", "attachments_metadata", "status", "error_code", "error_sub_type", "created_at", "updated_at",
                "accepted_at", "sent_at", "delivered_at", "opened_at", "classification", "tag", "cc", "bcc", "copies",
            ],
            answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Postman <donotreply@postman.example>", answer.GetProperty("from").GetString());
        Assert.Equal("raj@agency.gov.sg", answer.GetProperty("recipient").GetString());
        Assert.Equal(
            [("body", "<p>Dear Raj</p>"), ("from", "Postman <donotreply@postman.example>"), ("subject", "Your grant"), ("reply_to", "mei@agency.gov.sg")],
            answer.GetProperty("params").EnumerateObject().Select(member => (member.Name, member.Value.GetString()!)));
        Assert.Equal("ACCEPTED", answer.GetProperty("status").GetString());
        Assert.Equal(["2026-01-05T09:00:00.000Z"],
            ((string[])["created_at", "updated_at", "accepted_at"]).Select(name => answer.GetProperty(name).GetString()).Distinct());
        Assert.All(
            ["attachments_metadata", "error_code", "error_sub_type", "sent_at", "delivered_at", "opened_at", "classification"],
            (string name) => Assert.Equal(JsonValueKind.Null, answer.GetProperty(name).ValueKind));
        Assert.Equal("grants", answer.GetProperty("tag").GetString());
        Assert.All(["cc", "bcc", "copies"], (string name) => Assert.Equal("[]", answer.GetProperty(name).GetRawText()));
        Assert.Equal($"/v1/transactional/email/{answer.GetProperty("id").GetString()}", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Message_and_mails_are_stored_together_one_mail_for_each_address()
    {
        await using var app = await MessagesApp.StartAsync();

        var answer = await app.SendAsync(("cc", new JsonArray("c@agency.gov.sg", "Dee <d@agency.gov.sg>")), ("bcc", new JsonArray("b@agency.gov.sg")));

        var message = await app.OnlyMessageAsync();
        Assert.Equal(answer.GetProperty("id").GetGuid(), message.Id);
        Assert.Equal(app.Account.Id, message.AccountId);
        Assert.Equal(["c@agency.gov.sg", "d@agency.gov.sg"], message.Cc);
        Assert.Equal(["b@agency.gov.sg"], message.Bcc);
        var mails = await app.MailsAsync();
        Assert.Equal(["b@agency.gov.sg", "c@agency.gov.sg", "d@agency.gov.sg", "raj@agency.gov.sg"], mails.Select(mail => mail.Recipient).Order());
        Assert.Single(mails.Select(mail => mail.InternetMessageId).Distinct());
        Assert.All(mails, mail => Assert.Equal(
            (MailKind.Message, MailState.Waiting, message.Id, null, null), (mail.Kind, mail.State, mail.MessageId!.Value, mail.Text, mail.ApiKeyId)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("word ")]
    [InlineData("通知")]
    public async Task A_subject_as_long_as_a_line_may_be_is_folded_and_arrives_whole(string words)
    {
        var subject = string.Concat(Enumerable.Repeat(words, 998 / words.Length)).Trim();
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync(("subject", subject));
        await app.App.RunJobsAsync();

        using var written = new MemoryStream();
        await app.App.Mail.Sent.Single().WriteToAsync(written);

        Assert.All(Encoding.UTF8.GetString(written.ToArray()).Split('\n'), line => Assert.InRange(line.Length, 0, 998));
        written.Position = 0;
        Assert.Equal(subject, (await MimeMessage.LoadAsync(written)).Subject);
    }

    [Fact]
    public async Task Each_address_gets_its_own_copy_of_the_same_mail()
    {
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync(("cc", new JsonArray("c@agency.gov.sg")), ("bcc", new JsonArray("b@agency.gov.sg")));

        await app.App.RunJobsAsync();

        Assert.Equal(["b@agency.gov.sg", "c@agency.gov.sg", "raj@agency.gov.sg"], app.App.Mail.Envelopes.Order());
        Assert.All(app.App.Mail.Sent, mail =>
        {
            Assert.Equal(("raj@agency.gov.sg", "c@agency.gov.sg"), (mail.To.ToString(), mail.Cc.ToString()));
            Assert.Empty(mail.Bcc);
            Assert.Equal(app.App.Mail.Sent[0].MessageId, mail.MessageId);
        });
        Assert.Equal((MessageStatus.Sent, TestClock.Start), ((await app.OnlyMessageAsync()).Status, (await app.OnlyMessageAsync()).SentAt!.Value));
    }

    [Fact]
    public async Task Whoever_is_named_in_several_places_gets_one_mail_and_stands_in_its_header()
    {
        await using var app = await MessagesApp.StartAsync();
        await app.SendAsync(("cc", new JsonArray("c@agency.gov.sg", "RAJ@agency.gov.sg")), ("bcc", new JsonArray("C@agency.gov.sg", "raj@agency.gov.sg")));

        await app.App.RunJobsAsync();

        Assert.Equal(["c@agency.gov.sg", "raj@agency.gov.sg"], app.App.Mail.Envelopes.Order());
        Assert.All(app.App.Mail.Sent, mail => Assert.Equal(
            ("raj@agency.gov.sg", "c@agency.gov.sg, RAJ@agency.gov.sg"), (mail.To.ToString(), mail.Cc.ToString())));
        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
    }

    [Fact]
    public async Task Copies_may_be_a_list_within_a_string_as_programs_of_the_original_write_it()
    {
        await using var app = await MessagesApp.StartAsync();

        await app.SendAsync(("cc", """["c@agency.gov.sg"]"""), ("bcc", """ [ "b@agency.gov.sg", "D <d@agency.gov.sg>" ] """));

        var message = await app.OnlyMessageAsync();
        Assert.Equal(["c@agency.gov.sg"], message.Cc);
        Assert.Equal(["b@agency.gov.sg", "d@agency.gov.sg"], message.Bcc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c@agency.gov.sg")]
    [InlineData("\"c@agency.gov.sg\"")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("[\"c@agency.gov.sg\"")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("{\"key\":\"cc\",\"email\":\"c@agency.gov.sg\"}")]
    public async Task A_string_that_is_not_a_list_names_no_copies(string text)
    {
        await using var app = await MessagesApp.StartAsync();

        var problem = await app.RefusedAsync("api_validation", ("cc", text));

        Assert.Equal(["This must be a list of strings."], problem.Errors!["cc"]);
    }

    [Fact]
    public async Task Members_that_it_does_not_know_are_passed_over_and_null_is_as_good_as_nothing()
    {
        await using var app = await MessagesApp.StartAsync();

        using var response = await app.PostAsync(
            """
            {"recipient":"raj@agency.gov.sg","subject":"s","body":"b","cc":null,"tag":null,"from":null,"reply_to":null,"classification":null,
            "more":{"a":[1]}}
            """);

        await MessagesApp.AcceptedAsync(response);
    }

    [Fact]
    public async Task Only_post_is_taken()
    {
        await using var app = await MessagesApp.StartAsync();

        using var response = await app.Client.GetAsync(MessagesApp.Path);

        await Problem.ReadAsync(response, HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }
}
