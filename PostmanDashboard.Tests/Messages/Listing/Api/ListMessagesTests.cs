using System.Net;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Listing.Api;

public sealed class ListMessagesTests : AsyncLifetime, IDisposable
{
    private const string Address = "/v1/transactional/email";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;
    private HttpClient client = null!;

    private static DateTimeOffset Start => TestClock.Start;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account);
        client = app.CreateClient(key.Token);
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task Whoever_sent_nothing_gets_an_empty_list()
    {
        var list = await client.GetStringAsync(Address);

        Assert.Equal("""{"has_more":false,"data":[]}""", list);
    }

    [Fact]
    public async Task A_message_in_a_list_reads_like_the_message_itself()
    {
        var message = TestMessages.Create(account.Id, key.Id, Start.AddTicks(12_345), tag: "receipts", updatedAt: Start.AddSeconds(2));
        message.Attach(new MessageAttachment
        {
            MessageId = message.Id,
            Position = 1,
            FileName = "b.txt",
            ContentType = "text/plain",
            Size = 2,
            Hash = "bb",
            Content = [1, 2]
        });
        message.Attach(new MessageAttachment
        {
            MessageId = message.Id,
            Position = 0,
            FileName = "a.pdf",
            ContentType = "application/pdf",
            Size = 3,
            Hash = "aa",
            Content = null
        });
        await AddAsync(message, MessageStatus.Sent);

        var one = await client.GetFromJsonAsync<JsonElement>($"{Address}/{message.Id}");
        var listed = Assert.Single((await ListAsync("")).Data);

        Assert.Equal(one.GetRawText(), listed.GetRawText());
        Assert.Equal(
            $$"""
            {"id":"{{message.Id}}","from":"Grants <donotreply@postman.example>","recipient":"raj@example.org",
            "params":{"body":"<p>Thank you.</p>","from":"Grants <donotreply@postman.example>","subject":"Your receipt",
            "reply_to":"mei@agency.gov.sg"},"attachments_metadata":[{"fileName":"a.pdf","fileSize":3,"hash":"aa"},{"fileName":"b.txt",
            "fileSize":2,"hash":"bb"}],"status":"SENT","error_code":null,"error_sub_type":null,"created_at":"2026-01-05T09:00:00.001Z",
            "updated_at":"2026-01-05T09:00:02.000Z","accepted_at":"2026-01-05T09:00:00.001Z","sent_at":"2026-01-05T09:00:02.000Z",
            "delivered_at":null,"opened_at":null,"classification":null,"tag":"receipts","cc":[],"bcc":[],"copies":[]}
            """.Replace("\n", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(one, Readable));
    }

    [Fact]
    public async Task A_bounced_message_says_why()
    {
        var message = await AddAsync(TestMessages.Create(account.Id, key.Id, Start), MessageStatus.Bounced);

        var answer = await client.GetFromJsonAsync<JsonElement>($"{Address}/{message.Id}");

        Assert.Equal(("BOUNCED", "550", "5.1.1"), (Text(answer, "status"), Text(answer, "error_code"), Text(answer, "error_sub_type")));
    }

    [Fact]
    public async Task A_message_whose_body_was_erased_has_a_null_body()
    {
        var message = await AddAsync(TestMessages.Create(account.Id, key.Id, Start, body: null), MessageStatus.Sent);

        var answer = await client.GetFromJsonAsync<JsonElement>($"{Address}/{message.Id}");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("params").GetProperty("body").ValueKind);
    }

    [Fact]
    public async Task Ten_are_listed_unless_asked_otherwise_and_the_newest_first()
    {
        await AddManyAsync(11);

        var all = await ListAsync("");

        Assert.True(all.HasMore);
        Assert.Equal(["10", "9", "8", "7", "6", "5", "4", "3", "2", "1"], all.Subjects);
    }

    [Fact]
    public async Task A_list_continues_where_the_offset_says()
    {
        await AddManyAsync(11);

        var middle = await ListAsync("?limit=3&offset=4");
        var end = await ListAsync("?limit=3&offset=8");
        var beyond = await ListAsync("?offset=2147483647");

        Assert.True(middle.HasMore);
        Assert.Equal(["6", "5", "4"], middle.Subjects);
        Assert.False(end.HasMore);
        Assert.Equal(["2", "1", "0"], end.Subjects);
        Assert.False(beyond.HasMore);
        Assert.Empty(beyond.Data);
    }

    [Theory]
    [InlineData("status=ACCEPTED", "accepted")]
    [InlineData("status=sent", "sent")]
    [InlineData("status=SENT&status=BOUNCED", "bounced, sent")]
    [InlineData("status=SENT&status=SENT", "sent")]
    [InlineData("status%5B%5D=SENT&status%5B%5D=BOUNCED", "bounced, sent")]
    [InlineData("status=ACCEPTED&status=SENT&status=BOUNCED", "bounced, sent, accepted")]
    [InlineData("status=DELIVERED&status=SENT", "sent")]
    [InlineData("status=UNSENT", "")]
    [InlineData("status=OPENED&status=COMPLAINT&status=DELIVERED", "")]
    [InlineData("tag=receipts", "bounced, accepted")]
    [InlineData("tag=Receipts", "")]
    [InlineData("tag=receipts&status=BOUNCED", "bounced")]
    [InlineData("sort_by=created_at", "bounced, sent, accepted")]
    [InlineData("sort_by=-created_at", "bounced, sent, accepted")]
    [InlineData("sort_by=%2Bcreated_at", "accepted, sent, bounced")]
    [InlineData("sort_by=+created_at", "accepted, sent, bounced")]
    [InlineData("sort_by=updated_at", "sent, bounced, accepted")]
    [InlineData("sort_by=-updated_at", "sent, bounced, accepted")]
    [InlineData("sort_by=%2Bupdated_at", "accepted, bounced, sent")]
    [InlineData("sort_by=%2Bupdated_at&sort_by=created_at", "accepted, bounced, sent")]
    [InlineData("tag=receipts&sort_by=%2Bcreated_at", "accepted, bounced")]
    [InlineData("tag=receipts&status=SENT&status=BOUNCED&sort_by=updated_at&limit=1", "bounced")]
    [InlineData("created_at%5Bgt%5D=2026-01-05T09:01:00.000Z", "bounced")]
    [InlineData("created_at[gte]=2026-01-05T09:01:00.000Z", "bounced, sent")]
    [InlineData("created_at[lt]=2026-01-05T09:01:00.000Z", "accepted")]
    [InlineData("created_at[lte]=2026-01-05T09:01:00.000Z", "sent, accepted")]
    [InlineData("created_at.gte=2026-01-05T09%3A01%3A00.000Z", "bounced, sent")]
    [InlineData("created_at[gt]=2026-01-05T09:00:00Z&created_at[lt]=2026-01-05T09:02:00Z", "sent")]
    [InlineData("created_at[gte]=2026-01-05T17:01:00%2B08:00", "bounced, sent")]
    [InlineData("created_at[gte]=2026-01-05T17:01:00+08:00", "bounced, sent")]
    [InlineData("created_at[gte]=2026-01-05T01:01:00-0800", "bounced, sent")]
    [InlineData("created_at[gte]=2026-01-05", "bounced, sent, accepted")]
    [InlineData("created_at[lt]=2026-01-05", "")]
    [InlineData("created_at[gt]=9999-12-31T23:59:59.9999999Z", "")]
    [InlineData("created_at[lte]=9999-12-31T23:59:59.9999999Z", "bounced, sent, accepted")]
    [InlineData("created_at[gte]=0001-01-01&sort_by=updated_at", "sent, bounced, accepted")]
    [InlineData("created_at[gte]=2026-01-05T09:01:00Z&sort_by=%2Bupdated_at", "bounced, sent")]
    [InlineData("created_at[lt]=2026-01-05T09:02:00Z&sort_by=updated_at", "sent, accepted")]
    [InlineData("created_at[gte]=2026-01-05T09:01:00Z&tag=receipts&status=BOUNCED&sort_by=updated_at&limit=5&offset=0", "bounced")]
    [InlineData("Limit=2&STATUS=SENT&STATUS=BOUNCED", "bounced, sent")]
    [InlineData("sort_by[]=%2Bcreated_at", "accepted, sent, bounced")]
    public async Task Messages_are_found_by_what_is_asked(string query, string found)
    {
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start, subject: "accepted", tag: "receipts"));
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start.AddMinutes(1), subject: "sent", tag: "letters", updatedAt: Start.AddHours(30)),
            MessageStatus.Sent);
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start.AddMinutes(2), subject: "bounced", tag: "receipts", updatedAt: Start.AddMinutes(3)),
            MessageStatus.Bounced);

        Assert.Equal(found, string.Join(", ", (await ListAsync($"?{query}")).Subjects));
    }

    [Fact]
    public async Task Whoever_asks_for_what_came_after_an_answer_doesnt_get_that_again()
    {
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start.AddTicks(12_345), subject: "first"));
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start.AddTicks(22_345), subject: "second"));
        var seen = Text((await ListAsync("?sort_by=%2Bcreated_at&limit=1")).Data[0], "created_at");

        Assert.Equal(["second"], (await ListAsync($"?created_at[gt]={seen}")).Subjects);
        Assert.Equal(["second", "first"], (await ListAsync($"?created_at[gte]={seen}")).Subjects);
        Assert.Equal(["first"], (await ListAsync($"?created_at[lte]={seen}")).Subjects);
        Assert.Empty((await ListAsync($"?created_at[lt]={seen}")).Data);
    }

    [Fact]
    public async Task Params_are_left_out_when_asked_so()
    {
        var message = TestMessages.Create(account.Id, key.Id, Start);
        message.Attach(new MessageAttachment
        {
            MessageId = message.Id,
            Position = 0,
            FileName = "a.pdf",
            ContentType = "application/pdf",
            Size = 3,
            Hash = "aa",
            Content = [1]
        });
        await AddAsync(message);
        await AddAsync(TestMessages.Create(account.Id, key.Id, Start.AddMinutes(1)), MessageStatus.Bounced);

        var with = (await ListAsync("?exclude_params=FALSE")).Data;
        var without = (await ListAsync("?exclude_params=true")).Data;

        Assert.All(without, listed => Assert.False(listed.TryGetProperty("params", out _)));
        Assert.Equal(
            with.Select(listed => listed.EnumerateObject().Where(member => member.Name != "params").Select(
                member => $"{member.Name}={member.Value.GetRawText()}")),
            without.Select(listed => listed.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText()}")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=1.5", "offset")]
    [InlineData("status=LOST", "status")]
    [InlineData("status=SENT&status=", "status")]
    [InlineData("status=SENT,BOUNCED", "status")]
    [InlineData("tag=", "tag")]
    [InlineData("sort_by=subject", "sort_by")]
    [InlineData("sort_by=created_at&sort_by=%2B%2Bcreated_at", "sort_by")]
    [InlineData("exclude_params=1", "exclude_params")]
    [InlineData("created_at=2026-01-05", "created_at")]
    [InlineData("created_at[gt]=yesterday", "created_at[gt]")]
    [InlineData("created_at[gte]=1767603600", "created_at[gte]")]
    [InlineData("created_at[lt]=2026-02-30", "created_at[lt]")]
    [InlineData("created_at[lte]=2026-01-05T25:00", "created_at[lte]")]
    [InlineData("created_at.lte=", "created_at[lte]")]
    [InlineData("created_at[gt]=0001-01-01T00:00:00%2B14:00", "created_at[gt]")]
    [InlineData("created_at[gt]=2026-01-05%0A", "created_at[gt]")]
    [InlineData("made_up=1", "made_up")]
    [InlineData("state=SENT", "state")]
    [InlineData("status[0]=SENT", "status[0]")]
    [InlineData("tag[]=receipts", "tag[]")]
    [InlineData("created_at[gtt]=2026-01-05", "created_at[gtt]")]
    [InlineData("created_at%5Beq%5D=2026-01-05", "created_at[eq]")]
    [InlineData("created_at.after=2026-01-05", "created_at.after")]
    [InlineData("updated_at[gt]=2026-01-05", "updated_at[gt]")]
    [InlineData("order_by=created_at&offset=x", "order_by offset")]
    [InlineData("limit=0&offset=-1&status=LOST&sort_by=x&created_at[gt]=y&exclude_params=z", "limit offset status sort_by created_at[gt] exclude_params")]
    public async Task All_that_is_wrong_is_said_at_once(string query, string parameters)
    {
        using var response = await client.GetAsync($"{Address}?{query}");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        var errors = problem.Errors!;
        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(parameters.Split(' ').Order(StringComparer.Ordinal), errors.Keys.Order(StringComparer.Ordinal));
        Assert.All(errors.Values, messages => Assert.NotEmpty(Assert.Single(messages)));
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("status")]
    [InlineData("created_at[gt]")]
    [InlineData("created_at.lte")]
    [InlineData("sort_by")]
    [InlineData("limit")]
    public async Task A_NUL_is_in_no_filter(string name)
    {
        using var response = await client.GetAsync($"{Address}?{name}=a%00b");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("NUL", Assert.Single(problem.Errors![name]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_misspells_a_parameter_is_told_which_there_are()
    {
        using var response = await client.GetAsync($"{Address}?created_at[gtt]=2026-01-05");

        var message = (await Problem.ReadAsync(response, HttpStatusCode.BadRequest)).Message;
        Assert.All(await DescribedParametersAsync(), name => Assert.Contains(name!, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_parameters_that_there_are_not_no_more_than_ten_are_named()
    {
        using var response = await client.GetAsync($"{Address}?{string.Join('&', Enumerable.Range(0, 500).Select(number => $"x{number}"))}");

        Assert.Equal(10, (await Problem.ReadAsync(response, HttpStatusCode.BadRequest)).Errors!.Count);
    }

    [Fact]
    public async Task A_tag_that_no_message_could_have_is_refused()
    {
        using var response = await client.GetAsync($"{Address}?tag={new string('x', Message.TagMaxLength + 1)}");

        await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Empty((await ListAsync($"?tag={new string('x', Message.TagMaxLength)}")).Data);
    }

    [Fact]
    public async Task A_key_sees_what_its_sibling_sent_and_nothing_of_other_accounts()
    {
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");
        var keys = (IssueApiKeyResult.Issued[])[
            key, await app.IssueKeyAsync(account, "Permit system"), await app.IssueKeyAsync(stranger), await app.IssueKeyAsync(stranger, "Permit system")];
        var messages = new List<Message>();
        foreach (var (number, by) in keys.Index())
        {
            messages.Add(await AddAsync(TestMessages.Create(number < 2 ? account.Id : stranger.Id, by.Id, Start.AddMinutes(-number), tag: "t")));
        }

        foreach (var (number, by) in keys.Index())
        {
            using var caller = app.CreateClient(by.Token);
            var (theirs, others) = number < 2 ? (messages[..2], messages[2..]) : (messages[2..], messages[..2]);
            foreach (var query in (string[])["", "?tag=t", "?status=ACCEPTED", "?sort_by=updated_at", "?created_at[gte]=2026-01-01", "?exclude_params=true"])
            {
                Assert.Equal(theirs.Select(message => message.Id), (await ListAsync(query, caller)).Ids);
            }

            await AssertReadsAsync(caller, theirs, HttpStatusCode.OK);
            await AssertReadsAsync(caller, others, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Unknown_malformed_and_other_peoples_ids_are_answered_alike()
    {
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");
        var theirs = await AddAsync(TestMessages.Create(stranger.Id, (await app.IssueKeyAsync(stranger)).Id, Start));
        var answers = new List<Problem>();

        foreach (var id in (string[])[$"{theirs.Id}", $"{Guid.NewGuid()}", "42", "sent", new string('7', 2000)])
        {
            using var response = await client.GetAsync($"{Address}/{id}");
            answers.Add(await Problem.ReadAsync(response, HttpStatusCode.NotFound));
        }

        Assert.Equal("not_found", Assert.Single(answers.Distinct()).Code);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_listed_and_a_session_is_none()
    {
        using var nobody = app.CreateClient();
        using var anonymous = await nobody.GetAsync(Address);
        nobody.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(account));
        using var session = await nobody.GetAsync($"{Address}/{Guid.NewGuid()}");

        await Problem.ReadAsync(anonymous, HttpStatusCode.Unauthorized);
        await Problem.ReadAsync(session, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_thousand_bodies_come_in_order()
    {
        await AddManyAsync(1001);

        var list = await ListAsync("?limit=1000");

        Assert.True(list.HasMore);
        Assert.Equal(Enumerable.Range(1, 1000).Reverse().Select(number => $"{number}"), list.Subjects);
    }

    [Fact]
    public async Task The_description_names_every_parameter_and_its_errors()
    {
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var list = document.GetProperty("paths").GetProperty(Address).GetProperty("get");
        Assert.Equal(
            ["limit", "offset", "status", "tag", "created_at[gt]", "created_at[gte]", "created_at[lt]", "created_at[lte]", "sort_by", "exclude_params"],
            await DescribedParametersAsync());
        Assert.Contains("api_validation", Text(list.GetProperty("responses").GetProperty("400"), "description"), StringComparison.Ordinal);
        var answer = document.GetProperty("components").GetProperty("schemas").GetProperty("MessageListAnswer").GetProperty("properties").GetProperty("data");
        Assert.Equal("array", Text(answer, "type"));
        Assert.EndsWith("/MessageAnswer", Text(answer.GetProperty("items"), "$ref"), StringComparison.Ordinal);
        Assert.True(document.GetProperty("paths").GetProperty($"{Address}/{{id}}").GetProperty("get").GetProperty("responses").TryGetProperty("404", out _));
    }

    private static async Task AssertReadsAsync(HttpClient caller, IEnumerable<Message> messages, HttpStatusCode expected)
    {
        foreach (var message in messages)
        {
            using var read = await caller.GetAsync($"{Address}/{message.Id}");
            Assert.Equal(expected, read.StatusCode);
        }
    }

    private async Task<IEnumerable<string?>> DescribedParametersAsync() =>
        (await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths").GetProperty(Address).GetProperty("get")
            .GetProperty("parameters").EnumerateArray().Select(parameter => Text(parameter, "name"));

    private async Task<Message> AddAsync(Message message, MessageStatus status = MessageStatus.Accepted)
    {
        await using var db = app.CreateDbContext();
        return await db.AddMessageAsync(message, status);
    }

    private async Task AddManyAsync(int count)
    {
        await using var db = app.CreateDbContext();
        db.Messages.AddRange(Enumerable.Range(0, count).Select(
            number => TestMessages.Create(account.Id, key.Id, Start.AddSeconds(number), subject: $"{number}")));
        await db.SaveChangesAsync();
    }

    private async Task<Listed> ListAsync(string query, HttpClient? caller = null)
    {
        var answer = await (caller ?? client).GetFromJsonAsync<JsonElement>(Address + query);
        Assert.Equal(["has_more", "data"], answer.EnumerateObject().Select(member => member.Name));
        return new Listed(answer.GetProperty("has_more").GetBoolean(), [.. answer.GetProperty("data").EnumerateArray()]);
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private sealed record Listed(bool HasMore, IReadOnlyList<JsonElement> Data)
    {
        public IEnumerable<string?> Subjects => Data.Select(message => Text(message.GetProperty("params"), "subject"));

        public IEnumerable<Guid> Ids => Data.Select(message => message.GetProperty("id").GetGuid());
    }
}
