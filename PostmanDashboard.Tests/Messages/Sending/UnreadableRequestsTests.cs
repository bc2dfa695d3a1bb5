using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Messages.Sending;

/// <summary>Requests that hold no message at all, and what their senders hear.</summary>
public sealed class UnreadableRequestsTests
{
    private static readonly string Good = MessagesApp.Message().ToJsonString();

    [Fact]
    public async Task What_is_not_a_json_object_is_malformed()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        foreach (var json in (string[])["", " ", "{", "[]", "null", "\"x\"", "1", Good + "x", Good[..^1] + ",}", "{'a':1}", $"{{\"cc\":{deep}", deep,
            """{"subject":"a","subject":"b","recipient":"raj@agency.gov.sg","body":"x"}""", """{"\ud800":1,"\ud800":2}"""])
        {
            using var response = await app.PostAsync(json);
            Assert.Equal("malformed", (await Problem.ReadAsync(response, HttpStatusCode.BadRequest)).Code);
        }

        Assert.Empty(await app.MailsAsync());
    }

    [Theory]
    [InlineData("{\"subject\":\"a\",\n  \"subject\":\"b\"}", "“subject” twice in one object. Look at line 2, byte 3.")]
    [InlineData("{\"a\":[{\"b\":1},{\"b\":1,\"b\":2}]}", "“b” twice in one object. Look at line 1, byte 22.")]
    [InlineData("{\"subject\":\n'a'}", "Look at line 2, byte 1.")]
    [InlineData("{\"a\":1", "Look at line 1, byte 7.")]
    [InlineData("{\n\"\\ud800\":1}", "isn't valid Unicode. Look at line 2, byte 1.")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}", "nested too deeply. Look at line 1, byte ")]
    public async Task Json_that_cannot_be_read_is_told_with_its_place(string json, string place)
    {
        await using var app = await MessagesApp.StartAsync();

        using var response = await app.PostAsync(json);

        Assert.Contains(place, (await Problem.ReadAsync(response, HttpStatusCode.BadRequest)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "application/json")]
    [InlineData("br", "multipart/form-data; boundary=x")]
    [InlineData("identity, deflate", "application/x-www-form-urlencoded")]
    public async Task A_compressed_body_is_told_that_it_may_not_be(string encoding, string type)
    {
        await using var app = await MessagesApp.StartAsync();
        using var content = new ByteArrayContent([0x1F, 0x8B, 8, 0]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        using var response = await app.Client.PostAsync(MessagesApp.Path, content);

        Assert.Contains("Content-Encoding", (await Problem.ReadAsync(response, HttpStatusCode.UnsupportedMediaType)).Message, StringComparison.Ordinal);
        Assert.Equal("identity", response.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Wrong_types_are_told_by_field_all_at_once()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);

        using var response = await app.PostAsync(
            """{"recipient":1,"subject":[],"body":{},"from":true,"reply_to":2,"cc":"a@b.example","bcc":[1],"classification":0,"tag":false}""");

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("api_validation", problem.Code);
        Assert.Equal(["bcc", "body", "cc", "classification", "from", "recipient", "reply_to", "subject", "tag"], problem.Errors!.Keys.Order());
        Assert.All(problem.Errors.Values, messages => Assert.Single(messages));
    }

    [Fact]
    public async Task Half_a_character_is_refused_by_its_field()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        foreach (var field in (string[])["recipient", "subject", "body", "from", "reply_to", "classification", "tag"])
        {
            var json = MessagesApp.Message((field, "HERE")).ToJsonString().Replace("HERE", "x\\ud800y", StringComparison.Ordinal);
            using var response = await app.PostAsync(json);
            Assert.Equal([field], (await Problem.ReadAsync(response, HttpStatusCode.BadRequest)).Errors!.Keys);
        }

        using var list = await app.PostAsync(
            MessagesApp.Message(("cc", new JsonArray("HERE"))).ToJsonString().Replace("HERE", "\\udfff", StringComparison.Ordinal));
        Assert.Equal(["cc"], (await Problem.ReadAsync(list, HttpStatusCode.BadRequest)).Errors!.Keys);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Another_content_type_is_415(string type)
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await app.Client.PostAsync(MessagesApp.Path, content);

        await Problem.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; Charset=\"UTF-8\"")]
    public async Task Json_in_utf_8_is_taken(string type)
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await app.Client.PostAsync(MessagesApp.Path, content);

        await MessagesApp.AcceptedAsync(response);
    }

    [Theory]
    [InlineData(1, HttpStatusCode.Created)]
    [InlineData(2, HttpStatusCode.BadRequest)]
    public async Task A_mark_before_the_json_is_passed_over(int marks, HttpStatusCode expected)
    {
        await using var app = await MessagesApp.StartAsync();

        using var response = await app.PostAsync(new string('\uFEFF', marks) + Good);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_malformed()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(Good[..^2]), 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        using var response = await app.Client.PostAsync(MessagesApp.Path, content);

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("malformed", problem.Code);
        Assert.Contains($"Look at line 1, byte {Encoding.UTF8.GetByteCount(Good) - 1}.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_body_is_taken_however_it_is_escaped_and_more_is_413()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        var escaped = string.Concat(Enumerable.Repeat("\\u0061", 1024 * 1024));
        using var longest = await app.PostAsync(MessagesApp.Message(("body", "HERE")).ToJsonString().Replace("HERE", escaped, StringComparison.Ordinal));
        using var tooLong = await app.PostAsync(MessagesApp.Message(("body", new string('x', 7 * 1024 * 1024))).ToJsonString());
        using var endless = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"{{{new string(' ', 7 * 1024 * 1024)}")));
        endless.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        endless.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, MessagesApp.Path) { Content = endless };
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await app.Client.SendAsync(request);

        await MessagesApp.AcceptedAsync(longest);
        await Problem.ReadAsync(tooLong, HttpStatusCode.RequestEntityTooLarge);
        await Problem.ReadAsync(chunked, HttpStatusCode.RequestEntityTooLarge);
    }
}
