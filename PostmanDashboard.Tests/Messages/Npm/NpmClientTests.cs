using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Npm;

/// <summary>Programs of the original Postman change the base path of their client, and nothing else.</summary>
public sealed class NpmClientTests : AsyncLifetime, IDisposable
{
    private const string Mei = "mei@agency.gov.sg";
    private const string Raj = "raj@agency.gov.sg";
    private const string Send = "transactionalEmailSendPost";
    private const string Get = "transactionalEmailEmailIdGet";
    private const string List = "transactionalEmailGet";

    private readonly DashboardApplication app = new();
    private NpmClient npm = null!;
    private string key = null!;

    public override async Task InitializeAsync()
    {
        var address = app.Listen();
        var account = await app.AddAccountAsync(Mei);
        key = (await app.IssueKeyAsync(account)).Token.Plaintext;
        npm = NpmClient.Start(address);
    }

    protected override async Task TearDownAsync() => await npm.DisposeAsync();

    public void Dispose() => app.Dispose();

    [FactNeeding(Needs.Node)]
    public async Task A_mail_is_sent_by_the_api_and_read_again()
    {
        var sent = await npm.CallAsync(key, Send, new
        {
            recipient = Raj,
            subject = "Your grant",
            body = "<p>It is <strong>approved</strong>.</p>",
            from = "Grants Team <mei@agency.gov.sg>",
            reply_to = "grants@agency.gov.sg",
            cc = (string[])["a@agency.gov.sg"],
            bcc = (string[])["b@agency.gov.sg"],
            classification = "FOR_INFO",
            tag = "grants",
        });

        Assert.Equal((201, null), (sent.Status, sent.Failure));
        // The members of EmailMessageTransactional, the type that the client gives to answers, and the later ones of the original; copies are ours.
        Assert.Equal(
            ["accepted_at", "attachments_metadata", "bcc", "cc", "classification", "copies", "created_at", "delivered_at", "error_code", "error_sub_type",
                "from", "id", "opened_at", "params", "recipient", "sent_at", "status", "tag", "updated_at"],
            sent.Data.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["body", "from", "reply_to", "subject"],
            sent.Data.GetProperty("params").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal((Raj, "ACCEPTED"), (sent.Text("recipient"), sent.Text("status")));
        await app.RunJobsAsync();
        AssertWentTo("Your grant", "a@agency.gov.sg", "b@agency.gov.sg", Raj);

        var read = await npm.CallAsync(key, Get, sent.Text("id"));
        Assert.Equal((200, "SENT", sent.Text("id")), (read.Status, read.Text("status"), read.Text("id")));
        Assert.NotNull(read.Text("sent_at"));
    }

    [FactNeeding(Needs.Node)]
    public async Task Nodemailer_sends_with_copies_and_names()
    {
        var sent = await npm.SendMailAsync(key, new
        {
            from = new { name = "Grants Team", address = Mei },
            to = new { name = "Raj", address = Raj },
            cc = (object[])[new { name = "Ann", address = "a@agency.gov.sg" }, "c@agency.gov.sg"],
            bcc = "b@agency.gov.sg",
            replyTo = "Grants <grants@agency.gov.sg>",
            subject = "By nodemailer",
            html = "<p>It works.</p>",
        });

        Assert.Equal((201, null), (sent.Status, sent.Failure));
        Assert.Equal(("ACCEPTED", "<p>It works.</p>"), (sent.Text("response"), sent.Text("message")));
        await app.RunJobsAsync();
        AssertWentTo("By nodemailer", "a@agency.gov.sg", "b@agency.gov.sg", "c@agency.gov.sg", Raj);
        var mail = app.Mail.Sent.First(mail => mail.Subject == "By nodemailer");
        Assert.Equal("\"Grants Team\" <mei@agency.gov.sg>", mail.From.ToString());
        Assert.Equal("grants@agency.gov.sg", Assert.Single(mail.ReplyTo.Mailboxes).Address);
        Assert.Equal(["a@agency.gov.sg", "c@agency.gov.sg"], mail.Cc.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal("SENT", (await npm.CallAsync(key, Get, sent.Text("messageId"))).Text("status"));
    }

    [FactNeeding(Needs.Node)]
    public async Task Nodemailer_sends_plain_text_with_as_little_as_it_takes()
    {
        var sent = await npm.SendMailAsync(key, new { to = Raj, subject = "Plain", text = "It works." });

        Assert.Equal((201, "It works."), (sent.Status, sent.Text("message")));
        await app.RunJobsAsync();
        Assert.Equal("Plain", Assert.Single(app.Mail.To(Raj)).Subject);
    }

    [FactNeeding(Needs.Node)]
    public async Task Lists_are_limited_passed_over_and_sorted()
    {
        var ids = await SendManyAsync(12);

        await AssertListAsync(Newest(ids).Take(10), true);
        await AssertListAsync(Newest(ids).Take(5), true, 5);
        await AssertListAsync(Newest(ids).Skip(10), false, 5, 10);
        await AssertListAsync(Newest(ids).Take(12), false, 12, 0);
        await AssertListAsync(ids.Take(3), true, 3, null, null, null, (string[])["+created_at"]);
        // As the original had it: without a sign the newest come first.
        await AssertListAsync(Newest(ids).Take(3), true, 3, null, null, null, (string[])["created_at"]);
        await AssertListAsync(Newest(ids).Take(3), true, 3, null, null, null, (string[])["-created_at"]);
    }

    [FactNeeding(Needs.Node)]
    public async Task Lists_are_filtered_by_when_messages_were_made()
    {
        var ids = await SendManyAsync(5);
        var third = TestClock.Start.AddMinutes(2);

        await AssertListAsync(Newest(ids[3..]), false, null, null, null, new { gt = third });
        await AssertListAsync(Newest(ids[2..]), false, null, null, null, new { gte = third });
        await AssertListAsync(Newest(ids[..2]), false, null, null, null, new { lt = third });
        await AssertListAsync(Newest(ids[..3]), false, null, null, null, new { lte = third });
        await AssertListAsync(Newest(ids[1..4]), false, null, null, null, new { gt = third.AddMinutes(-2), lte = third.AddMinutes(1) });
    }

    [FactNeeding(Needs.Node)]
    public async Task Lists_are_filtered_by_status_and_sorted_by_what_changed_last()
    {
        app.Mail.Refuse(Mei, new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true));
        var bounced = Assert.Single(await SendManyAsync(1, Mei));
        var sent = await SendManyAsync(2);
        await app.RunJobsAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var accepted = await SendManyAsync(1);

        await AssertListAsync([bounced], false, null, null, (string[])["BOUNCED"]);
        await AssertListAsync(Newest(sent), false, null, null, (string[])["SENT"]);
        await AssertListAsync(Newest([bounced, .. sent]), false, null, null, (string[])["SENT", "BOUNCED"]);
        await AssertListAsync(accepted, false, null, null, (string[])["ACCEPTED", "UNSENT", "DELIVERED", "OPENED", "COMPLAINT"]);
        await AssertListAsync(accepted, true, 1, null, null, null, (string[])["-updated_at"]);
        await AssertListAsync([bounced, .. sent, .. accepted], false, 10, null, null, null, (string[])["+updated_at", "+created_at"]);
        await AssertListAsync([sent[0]], true, 1, null, (string[])["SENT", "ACCEPTED"], new { gte = TestClock.Start.AddMinutes(1) }, (string[])["+created_at"]);
    }

    /// <remarks>Its types name <c>unauthorized</c> (403) as well, which a key here never hears: it may do all that there is.</remarks>
    [FactNeeding(Needs.Node)]
    public async Task Each_mistake_is_told_by_the_code_that_the_client_knows()
    {
        object mail = new { recipient = Raj, subject = "A", body = "<p>B</p>" };

        await ExpectAsync(400, "api_validation", npm.CallAsync(key, Send, new { recipient = Raj, body = "<p>B</p>" }));
        await ExpectAsync(400, "invalid_recipient", npm.CallAsync(key, Send, new { recipient = "raj", subject = "A", body = "<p>B</p>" }));
        await ExpectAsync(400, "invalid_from_address", npm.CallAsync(
            key, Send, new { recipient = Raj, subject = "A", body = "<p>B</p>", from = "minister@agency.gov.sg" }));
        await ExpectAsync(400, "invalid_template", npm.CallAsync(key, Send, new { recipient = Raj, subject = "A", body = "<script>B</script>" }));
        await ExpectAsync(400, "malformed", npm.CallAsync(key, Send, "{", new { transformRequest = (string[])[] }));
        await ExpectAsync(415, "malformed", npm.CallAsync(
            key, Send, "A", new { headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain" } }));
        await ExpectAsync(400, "api_validation", npm.CallAsync(key, List, 1001));
        await ExpectAsync(401, "unauthenticated", npm.CallAsync(null, Send, mail));
        await ExpectAsync(401, "unauthenticated", npm.CallAsync(ApiKeyToken.Generate().Plaintext, List));
        await ExpectAsync(401, "unauthenticated", npm.SendMailAsync("pgsg_not_a_key", new { to = Raj, subject = "A", text = "B" }));
        await ExpectAsync(404, "not_found", npm.CallAsync(key, Get, Guid.NewGuid()));
        await ExpectAsync(404, "not_found", npm.CallAsync(key, Get, "no-id-at-all"));
        await app.RunJobsAsync();
        Assert.Empty(app.Mail.To(Raj));
    }

    [FactNeeding(Needs.Node)]
    public async Task Too_many_files_are_told_by_the_code_that_the_client_knows()
    {
        const string File = "--x\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a.txt\"\r\n\r\nA\r\n";
        var asForm = new { headers = new Dictionary<string, string> { ["Content-Type"] = "multipart/form-data; boundary=x" } };

        // The client writes no forms; whoever wants files to go with a mail writes the form and hands it over.
        await ExpectAsync(413, "attachment_limit", npm.CallAsync(key, Send, string.Concat(Enumerable.Repeat(File, 11)) + "--x--\r\n", asForm));
    }

    [FactNeeding(Needs.Node)]
    public async Task A_failure_of_ours_is_told_by_the_code_that_the_client_knows()
    {
        await using var db = app.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Messages" RENAME TO "Lost" """);

        await ExpectAsync(500, "internal_server", SendAsync(Raj));
        await ExpectAsync(500, "internal_server", npm.SendMailAsync(key, new { to = Raj, subject = "A", text = "B" }));
        await ExpectAsync(500, "internal_server", npm.CallAsync(key, Get, Guid.NewGuid()));
        await ExpectAsync(500, "internal_server", npm.CallAsync(key, List));
    }

    [FactNeeding(Needs.Node)]
    public async Task Too_many_sends_are_told_and_pass_after_a_second()
    {
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal(201, (await SendAsync(Raj)).Status);
        }

        await ExpectAsync(429, "rate_limit", SendAsync(Raj));
        await ExpectAsync(429, "rate_limit", npm.SendMailAsync(key, new { to = Raj, subject = "A", text = "B" }));
        Assert.Equal(200, (await npm.CallAsync(key, List)).Status);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await SendAsync(Raj)).Status);
    }

    [FactNeeding(Needs.Node)]
    public async Task Somebody_elses_message_is_not_found_and_not_listed()
    {
        var other = (await app.IssueKeyAsync(await app.AddAccountAsync(Raj))).Token.Plaintext;
        var id = (await SendAsync(Mei)).Text("id");

        await ExpectAsync(404, "not_found", npm.CallAsync(other, Get, id));
        Assert.Equal(0, (await npm.CallAsync(other, List)).Data.GetProperty("data").GetArrayLength());
    }

    private static async Task ExpectAsync(int status, string code, Task<NpmClient.Answer> call)
    {
        var answer = await call;
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.NotEmpty(answer.Text("message")!);
        Assert.Contains($"{status}", answer.Failure, StringComparison.Ordinal);
    }

    /// <summary>One copy to each, and to nobody else.</summary>
    private void AssertWentTo(string subject, params string[] addresses) => Assert.Equal(
        addresses,
        app.Mail.Sent.Zip(app.Mail.Envelopes).Where(mail => mail.First.Subject == subject).Select(mail => mail.Second).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Newest(IEnumerable<string> ids) => ids.Reverse();

    private Task<NpmClient.Answer> SendAsync(string recipient) =>
        npm.CallAsync(key, Send, new { recipient, subject = "Your grant", body = "<p>It is approved.</p>" });

    /// <returns>Ids in the order of sending. There is a minute between one and the next.</returns>
    private async Task<string[]> SendManyAsync(int count, string recipient = Raj)
    {
        var ids = new List<string>();
        for (var number = 1; number <= count; number++)
        {
            ids.Add((await SendAsync(recipient)).Text("id")!);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return [.. ids];
    }

    private async Task AssertListAsync(IEnumerable<string> ids, bool hasMore, params object?[] arguments)
    {
        var answer = await npm.CallAsync(key, List, arguments);

        Assert.Equal((200, null), (answer.Status, answer.Failure));
        Assert.Equal(ids, answer.Data.GetProperty("data").EnumerateArray().Select(message => message.GetProperty("id").GetString()));
        Assert.Equal(hasMore, answer.Data.GetProperty("has_more").GetBoolean());
    }
}
