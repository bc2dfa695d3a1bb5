using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Attachments;

/// <summary>Messages that programs send as forms, with files or without.</summary>
public sealed class SendWithFilesTests : AsyncLifetime
{
    private MessagesApp app = null!;

    public override async Task InitializeAsync() => app = await MessagesApp.StartAsync();

    protected override Task TearDownAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task Files_are_stored_as_they_came_and_listed_in_the_answer()
    {
        var message = await SendAsync(("letter.pdf", TestFiles.Pdf), ("通知.png", TestFiles.Png));

        Assert.Equal(
            [("letter.pdf", TestFiles.Pdf.Length, HashOf(TestFiles.Pdf)), ("通知.png", TestFiles.Png.Length, HashOf(TestFiles.Png))],
            message.GetProperty("attachments_metadata").EnumerateArray().Select(file =>
                (file.GetProperty("fileName").GetString()!, file.GetProperty("fileSize").GetInt32(), file.GetProperty("hash").GetString()!)));
        await using var db = app.App.CreateDbContext();
        var stored = (await db.Messages.Include(row => row.Attachments).SingleAsync()).Attachments.OrderBy(file => file.Position).ToList();
        Assert.Equal([(0, "letter.pdf", "application/pdf"), (1, "通知.png", "image/png")], stored.Select(
            file => (file.Position, file.FileName, file.ContentType)));
        Assert.Equal(TestFiles.Pdf, stored[0].Content);
        Assert.Equal((TestFiles.Png.Length, HashOf(TestFiles.Png)), (stored[1].Size, stored[1].Hash));
    }

    [Fact]
    public async Task A_form_without_files_says_the_same_as_JSON()
    {
        using var form = Form(
            [],
            ("from", "Team X <donotreply@postman.example>"),
            ("reply_to", "team@agency.gov.sg"),
            ("cc", "a@agency.gov.sg"),
            ("cc", "b@agency.gov.sg"),
            ("bcc[]", "c@agency.gov.sg"),
            ("classification", "FOR_ACTION"),
            ("tag", "grants"),
            ("something", "else"));
        using var json = await app.PostAsync(
            ("from", "Team X <donotreply@postman.example>"),
            ("reply_to", "team@agency.gov.sg"),
            ("cc", new JsonArray("a@agency.gov.sg", "b@agency.gov.sg")),
            ("bcc", new JsonArray("c@agency.gov.sg")),
            ("classification", "FOR_ACTION"),
            ("tag", "grants"));

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        Assert.Equal(JsonValueKind.Null, (await MessagesApp.AcceptedAsync(answer)).GetProperty("attachments_metadata").ValueKind);
        await MessagesApp.AcceptedAsync(json);
        await using var db = app.App.CreateDbContext();
        var stored = await db.Messages.AsNoTracking().ToListAsync();
        Assert.Single(stored.Select(row => JsonSerializer.Serialize(
            new { row.From, row.Recipient, row.ReplyTo, row.Cc, row.Bcc, row.Subject, row.Body, row.Classification, row.Tag })).Distinct());
        Assert.Equal(2, stored.Count);
    }

    [Theory]
    [InlineData("[\"a@agency.gov.sg\", \"b@agency.gov.sg\"]", "a@agency.gov.sg b@agency.gov.sg")]
    [InlineData("a@agency.gov.sg", "a@agency.gov.sg")]
    [InlineData("", "")]
    public async Task Copies_may_come_as_a_list_in_JSON_and_nobody_has_to_get_one(string cc, string expected)
    {
        using var form = Form([], ("cc", cc));

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        await MessagesApp.AcceptedAsync(answer);
        Assert.Equal(expected, string.Join(' ', (await app.OnlyMessageAsync()).Cc));
    }

    [Fact]
    public async Task Every_error_of_texts_and_files_is_in_one_answer()
    {
        using var form = Form(
            [("run.exe", "MZ"u8.ToArray()), ("photo.png", TestFiles.Pdf), ("empty.txt", [])],
            ("subject", "Twice"), ("cc", "[1]"), ("classification", "SOON"), ("from", "boss@agency.gov.sg"), ("bcc", "nobody"));

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(["attachments", "bcc", "cc", "classification", "from", "subject"], problem.Errors!.Keys.Order());
        Assert.Equal(3, problem.Errors["attachments"].Length);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("photo.png", "%PDF-1.7", "“photo.png” doesn’t hold what its name says")]
    [InlineData("../../run.exe", "MZ", "“run.exe” is of a type that can’t be attached. Allowed are asc, avi,")]
    [InlineData("empty.pdf", "", "“empty.pdf” is empty.")]
    public async Task A_file_that_cannot_be_sent_is_refused_with_what_can(string name, string content, string message)
    {
        using var form = Form([(name, Encoding.ASCII.GetBytes(content))]);

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal("attachment_format", problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal([problem.Message], problem.Errors!["attachments"]);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData(11, 11)]
    [InlineData(1, MultipartForm.MaxFilesLength + 1)]
    [InlineData(3, MultipartForm.MaxFilesLength * 3)]
    public async Task Too_much_is_refused_and_nothing_is_kept(int count, int length)
    {
        using var form = Form([.. Enumerable.Range(0, count).Select(number => ($"{number}.txt", Encoding.ASCII.GetBytes(new string('x', length / count))))]);

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        Assert.Equal("attachment_limit", (await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge)).Code);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("figures.csv", "a,b")]
    [InlineData("letter.pdf", "%PDF-1.7")]
    [InlineData("photo.png", "\u0089PNG")]
    public async Task A_file_in_a_field_that_nobody_knows_is_not_passed_over_in_silence(string name, string content)
    {
        using var form = Form([]);
        form.Add(new ByteArrayContent(Encoding.Latin1.GetBytes(content)), "attachment", name);

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal(["attachment"], problem.Errors!.Keys);
        Assert.Contains("in the field attachments", Assert.Single(problem.Errors["attachment"]), StringComparison.Ordinal);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_a_real_port_far_too_much_is_refused_as_well(bool isChunked)
    {
        await using var listening = new DashboardApplication();
        var address = listening.Listen();
        var key = await listening.IssueKeyAsync(await listening.AddAccountAsync(MessagesApp.Mei));
        using var client = new HttpClient
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new("Bearer", key.Token.Plaintext), TransferEncodingChunked = isChunked }
        };
        var big = new string('x', 4 * MultipartForm.MaxFilesLength);
        using var form = Form([("big.txt", Encoding.ASCII.GetBytes(big))]);
        using var formWithoutFile = Form([], ("body", big));
        using var json = new StringContent($"{{\"body\":\"{big}\"}}", Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(MessagesApp.Path, form);
        using var answerWithoutFile = await client.PostAsync(MessagesApp.Path, formWithoutFile);
        using var answerToJson = await client.PostAsync(MessagesApp.Path, json);

        Assert.Equal("attachment_limit", (await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge)).Code);
        Assert.Equal("api_validation", (await Problem.ReadAsync(answerWithoutFile, HttpStatusCode.RequestEntityTooLarge)).Code);
        Assert.Equal("api_validation", (await Problem.ReadAsync(answerToJson, HttpStatusCode.RequestEntityTooLarge)).Code);
    }

    [Fact]
    public async Task Ten_files_with_ten_megabytes_in_all_are_sent()
    {
        var file = Encoding.ASCII.GetBytes(new string('x', MultipartForm.MaxFilesLength / 10));
        var message = await SendAsync(
            [.. Enumerable.Range(0, 10).Select(number => ("same name.txt", number == 0 ? [.. file, .. file[..(MultipartForm.MaxFilesLength % 10)]] : file))]);

        Assert.Equal(10, message.GetProperty("attachments_metadata").GetArrayLength());
    }

    [Fact]
    public async Task A_body_of_one_megabyte_is_sent_and_a_longer_one_is_refused()
    {
        using var longest = Form([], ("body", "<p>" + new string('x', 1024 * 1024 - 7) + "</p>"));
        using var tooLong = Form([], ("body", "<p>" + new string('x', 1024 * 1024 - 6) + "</p>"));

        using var sent = await app.Client.PostAsync(MessagesApp.Path, longest);
        using var refused = await app.Client.PostAsync(MessagesApp.Path, tooLong);

        await MessagesApp.AcceptedAsync(sent);
        Assert.Equal(["body"], (await Problem.ReadAsync(refused, HttpStatusCode.BadRequest)).Errors!.Keys);
    }

    [Fact]
    public async Task Files_may_come_from_the_accounts_own_address_too()
    {
        using var form = Form([("letter.pdf", TestFiles.Pdf)], ("from", MessagesApp.Mei));

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);

        Assert.Equal(MessagesApp.Mei, (await MessagesApp.AcceptedAsync(answer)).GetProperty("from").GetString());
    }

    [Fact]
    public async Task Repeating_a_send_with_its_files_sends_nothing_again_and_other_files_are_another_send()
    {
        var (first, again, other) =
            (await SendAsync("key-1", TestFiles.Pdf), await SendAsync("key-1", TestFiles.Pdf), await SendAsync("key-1", [.. TestFiles.Pdf, 1]));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity), (first.Status, again.Status, other.Status));
        Assert.Equal(first.Body, again.Body);
        await using var db = app.App.CreateDbContext();
        Assert.Equal(1, await db.Messages.CountAsync());
    }

    [Theory]
    [InlineData("multipart/form-data", "--x--\r\n", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=x", "", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nHello", 400, "malformed")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n", 400, "api_validation")]
    [InlineData("multipart/mixed; boundary=x", "--x--\r\n", 415, "malformed")]
    [InlineData("application/x-www-form-urlencoded", "subject=Hello", 400, "api_validation")]
    [InlineData("application/x-www-form-urlencoded", "{\"subject\": \"Hello\"}", 415, "malformed")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1", "subject=Hello", 415, "malformed")]
    [InlineData("text/plain", "Hello", 415, "malformed")]
    public async Task What_cannot_be_read_is_the_callers_mistake(string contentType, string body, int status, string code)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var answer = await app.Client.PostAsync(MessagesApp.Path, content);

        Assert.Equal(code, (await Problem.ReadAsync(answer, (HttpStatusCode)status)).Code);
        await AssertNothingAsync();
    }

    [Theory]
    [InlineData("[{\"name\":\"letter.pdf\"}]", HttpStatusCode.BadRequest)]
    [InlineData("\"letter.pdf\"", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.Created)]
    [InlineData("null", HttpStatusCode.Created)]
    public async Task Files_in_JSON_are_not_passed_over_in_silence(string attachments, HttpStatusCode expected)
    {
        using var answer = await app.PostAsync(("attachments", JsonNode.Parse(attachments)));

        Assert.Equal(expected, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(expected == HttpStatusCode.BadRequest, body.Contains("multipart/form-data", StringComparison.Ordinal));
        Assert.Equal(expected == HttpStatusCode.BadRequest, body.Contains("\"attachment_format\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_description_of_the_call_says_how_files_are_sent()
    {
        var document = await app.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var call = document.GetProperty("paths").GetProperty(MessagesApp.Path).GetProperty("post");
        var content = call.GetProperty("requestBody").GetProperty("content");
        Assert.Equal("#/components/schemas/MessageFields", content.GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        var form = content.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("allOf").EnumerateArray().ToList();
        Assert.Equal("#/components/schemas/MessageFields", form[0].GetProperty("$ref").GetString());
        var files = form[1].GetProperty("properties").GetProperty("attachments");
        Assert.Equal((10, "binary"), (files.GetProperty("maxItems").GetInt32(), files.GetProperty("items").GetProperty("format").GetString()));
        Assert.Contains("asc, avi, bmp", files.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("attachment_limit", call.GetProperty("responses").GetProperty("413").GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static MultipartFormDataContent Form(IEnumerable<(string Name, byte[] Content)> files, params (string Name, string Text)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields.Concat(new[] { ("recipient", "raj@agency.gov.sg"), ("subject", "Your grant"), ("body", "<p>Dear Raj</p>") }
            .Where(usual => usual.Item1 == "subject" || fields.All(field => field.Name != usual.Item1))))
        {
            form.Add(new StringContent(text), name);
        }

        foreach (var (name, content) in files)
        {
            // As curl does: a type that says nothing.
            var file = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            form.Add(file, "attachments", name);
        }

        return form;
    }

    private async Task<JsonElement> SendAsync(params (string Name, byte[] Content)[] files)
    {
        using var form = Form(files);
        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);
        return await MessagesApp.AcceptedAsync(answer);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string idempotencyKey, byte[] file)
    {
        using var form = Form([("letter.pdf", file)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, MessagesApp.Path) { Content = form, Headers = { { "Idempotency-Key", idempotencyKey } } };
        using var answer = await app.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task AssertNothingAsync()
    {
        await using var db = app.App.CreateDbContext();
        Assert.Equal((0, 0), (await db.Messages.CountAsync(), await db.OutgoingMails.CountAsync()));
    }
}
