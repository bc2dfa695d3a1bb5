using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Delivery;

/// <summary>What programs of the original read back of a message, and what became of each of its copies.</summary>
public sealed class MessageCopiesTests : AsyncLifetime
{
    private const string Ann = "ann@agency.gov.sg";
    private const string Bob = "bob@agency.gov.sg";
    private const string Gone = "gone@agency.gov.sg";

    private MessagesApp app = null!;

    public override async Task InitializeAsync() => app = await MessagesApp.StartAsync();

    protected override Task TearDownAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Copies_classification_and_tag_come_back_from_sending_reading_and_listing()
    {
        var sent = await SendAsync();

        foreach (var message in new[] { sent, await ReadAsync(sent), await ListedAsync(""), await ListedAsync("?exclude_params=true") })
        {
            Assert.Equal(("FOR_ACTION", "grants"), (message.GetProperty("classification").GetString(), message.GetProperty("tag").GetString()));
            Assert.Equal([Ann, Gone], message.GetProperty("cc").EnumerateArray().Select(address => address.GetString()));
            Assert.Equal([Bob], message.GetProperty("bcc").EnumerateArray().Select(address => address.GetString()));
        }
    }

    [Fact]
    public async Task Each_copy_says_what_became_of_it_also_when_the_message_itself_was_sent()
    {
        app.App.Mail.Refuse(Gone, new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true, Code: 550));
        app.App.Mail.Refuse(Bob, new MailDelivery.Refused("451 4.7.1 Come back later", IsFinal: false, Code: 451));
        var sent = await SendAsync();
        Assert.Equal(["ann: ACCEPTED", "gone: ACCEPTED", "bob: ACCEPTED"], Outcomes(sent));
        await app.App.RunJobsAsync();

        var read = await ReadAsync(sent);

        Assert.Equal("SENT", read.GetProperty("status").GetString());
        Assert.Equal(["ann: SENT", "gone: BOUNCED", "bob: ACCEPTED"], Outcomes(read));
        Assert.Equal(
            """
            {"address":"gone@agency.gov.sg","kind":"cc","status":"BOUNCED","error_code":"550","error_sub_type":"5.1.1","sent_at":null}
            """,
            read.GetProperty("copies")[1].GetRawText());
        Assert.Equal("2026-01-05T09:00:00.000Z", read.GetProperty("copies")[0].GetProperty("sent_at").GetString());
        Assert.Equal("bcc", read.GetProperty("copies")[2].GetProperty("kind").GetString());
        Assert.Equal(read.GetProperty("copies").GetRawText(), (await ListedAsync("?exclude_params=true")).GetProperty("copies").GetRawText());
    }

    [Fact]
    public async Task A_copy_that_is_refused_for_three_days_has_expired()
    {
        app.App.Mail.Refuse(Bob, new MailDelivery.Refused("451 4.7.1 Come back later", IsFinal: false, Code: 451));
        var sent = await SendAsync();
        await app.App.RunJobsAsync();
        app.App.Clock.Advance(Outbox.Persistence);
        await app.App.RunJobsAsync();

        var copy = (await ReadAsync(sent)).GetProperty("copies")[2];

        Assert.Equal(("BOUNCED", "expired"), (copy.GetProperty("status").GetString(), copy.GetProperty("error_code").GetString()));
    }

    [Fact]
    public async Task Whoever_is_recipient_and_copy_in_one_has_one_outcome()
    {
        var sent = await app.SendAsync(("cc", new JsonArray("RAJ@agency.gov.sg", Ann)), ("bcc", new JsonArray("Ann@agency.gov.sg")));
        await app.App.RunJobsAsync();

        Assert.Equal(["RAJ: SENT", "ann: SENT", "Ann: SENT"], Outcomes(await ReadAsync(sent)));
    }

    [Fact]
    public async Task A_send_that_is_repeated_says_what_has_become_of_the_copies_by_then()
    {
        var json = MessagesApp.Message(("cc", new JsonArray(Ann))).ToJsonString();
        using var first = await app.PostAsync(json, "grant-1");
        await app.App.RunJobsAsync();

        using var again = await app.PostAsync(json, "grant-1");

        Assert.Equal(["ann: SENT"], Outcomes(await MessagesApp.AcceptedAsync(again)));
    }

    private Task<JsonElement> SendAsync() =>
        app.SendAsync(("cc", new JsonArray(Ann, Gone)), ("bcc", new JsonArray(Bob)), ("classification", "for_action"), ("tag", "grants"));

    private Task<JsonElement> ReadAsync(JsonElement message) =>
        app.Client.GetFromJsonAsync<JsonElement>($"/v1/transactional/email/{message.GetProperty("id").GetString()}");

    private async Task<JsonElement> ListedAsync(string query) =>
        (await app.Client.GetFromJsonAsync<JsonElement>($"/v1/transactional/email{query}")).GetProperty("data")[0];

    /// <summary><c>ann: SENT</c></summary>
    private static IEnumerable<string> Outcomes(JsonElement message) => message.GetProperty("copies").EnumerateArray()
        .Select(copy => $"{copy.GetProperty("address").GetString()!.Split('@')[0]}: {copy.GetProperty("status").GetString()}");
}
