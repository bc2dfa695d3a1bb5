using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Sending;

/// <summary>Messages as <c>application/x-www-form-urlencoded</c>: what <c>curl -d</c> and old clients send.</summary>
public sealed class UrlEncodedFormTests : AsyncLifetime
{
    private const string Least = "recipient=raj%40agency.gov.sg&subject=Your+grant&body=%3Cp%3EDear+Raj%3C%2Fp%3E";

    private MessagesApp app = null!;

    public override async Task InitializeAsync() => app = await MessagesApp.StartAsync(perSecond: 10_000);

    protected override Task TearDownAsync() => app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("cc=a%40agency.gov.sg&cc=b%40agency.gov.sg&bcc=c%40agency.gov.sg")]
    [InlineData("cc%5B%5D=a@agency.gov.sg&cc[]=b@agency.gov.sg&&bcc=c%40agency.gov.sg&tag=&something=else")]
    [InlineData("cc=%5B%22a%40agency.gov.sg%22%2C+%22b%40agency.gov.sg%22%5D&bcc=%5B%22c%40agency.gov.sg%22%5D")]
    public async Task It_says_the_same_as_JSON(string copies)
    {
        using var answer = await PostAsync($"{Least}&classification=URGENT&from=Team+X+%3Cdonotreply%40postman.example%3E&{copies}");
        var json = await app.SendAsync(
            ("classification", "URGENT"),
            ("from", "Team X <donotreply@postman.example>"),
            ("cc", new JsonArray("a@agency.gov.sg", "b@agency.gov.sg")),
            ("bcc", new JsonArray("c@agency.gov.sg")));

        Assert.Equal(Told(json), Told(await MessagesApp.AcceptedAsync(answer)));
    }

    [Fact]
    public async Task It_is_read_as_UTF_8_and_says_so_of_what_isnt()
    {
        using var sent = await PostAsync(
            "recipient=raj@agency.gov.sg&subject=%E9%80%9A%E7%9F%A5+100%25&body=Gr\u00FC\u00DFe", "application/x-www-form-urlencoded; charset=UTF-8");
        using var refused = await PostAsync($"{Least}&tag=Gr%FC%DFe");

        var message = (await MessagesApp.AcceptedAsync(sent)).GetProperty("params");
        Assert.Equal(("通知 100%", "Gr\u00FC\u00DFe"), (message.GetProperty("subject").GetString(), message.GetProperty("body").GetString()));
        Assert.Equal(["tag"], (await Problem.ReadAsync(refused, HttpStatusCode.BadRequest)).Errors!.Keys);
    }

    [Fact]
    public async Task Its_mistakes_are_those_of_JSON()
    {
        using var nothing = await PostAsync("");
        using var wrong = await PostAsync("recipient=raj&subject=A&subject=B&body=C&cc=nobody");
        using var recipient = await PostAsync("recipient=raj&subject=A&body=B");
        using var tooMany = await PostAsync($"{Least}{string.Concat(Enumerable.Range(0, 50).Select(number => $"&cc=c{number}@agency.gov.sg"))}");
        using var files = await PostAsync($"{Least}&attachments=letter.pdf");
        using var far = await PostAsync(string.Concat(Enumerable.Repeat("a=b&", 251)));
        using var tooLong = await PostAsync($"{Least}{new string('x', 7 * 1024 * 1024)}");

        Assert.Equal(["body", "recipient", "subject"], (await Problem.ReadAsync(nothing, HttpStatusCode.BadRequest)).Errors!.Keys.Order());
        Assert.Equal(["cc", "recipient", "subject"], (await Problem.ReadAsync(wrong, HttpStatusCode.BadRequest)).Errors!.Keys.Order());
        Assert.Equal("invalid_recipient", (await Problem.ReadAsync(recipient, HttpStatusCode.BadRequest)).Code);
        Assert.Equal("too_many_recipients", (await Problem.ReadAsync(tooMany, HttpStatusCode.BadRequest)).Code);
        Assert.Equal("attachment_format", (await Problem.ReadAsync(files, HttpStatusCode.BadRequest)).Code);
        Assert.Equal("malformed", (await Problem.ReadAsync(far, HttpStatusCode.BadRequest)).Code);
        Assert.Equal("api_validation", (await Problem.ReadAsync(tooLong, HttpStatusCode.RequestEntityTooLarge)).Code);
        Assert.Empty(await app.MailsAsync());
    }

    [Fact]
    public async Task The_longest_body_is_taken_however_it_is_written()
    {
        using var answer = await PostAsync($"recipient=raj@agency.gov.sg&subject=A&body={string.Concat(Enumerable.Repeat("%41", 1024 * 1024))}");

        Assert.Equal(1024 * 1024, (await MessagesApp.AcceptedAsync(answer)).GetProperty("params").GetProperty("body").GetString()!.Length);
    }

    [Fact]
    public async Task JSON_without_its_type_is_told_which_type_it_needs()
    {
        using var answer = await PostAsync(MessagesApp.Message().ToJsonString());

        Assert.Contains("Content-Type: application/json", (await Problem.ReadAsync(answer, HttpStatusCode.UnsupportedMediaType)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_of_the_call_names_it()
    {
        var document = await app.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var content = document.GetProperty("paths").GetProperty(MessagesApp.Path).GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.Equal(
            "#/components/schemas/MessageFields",
            content.GetProperty("application/x-www-form-urlencoded").GetProperty("schema").GetProperty("$ref").GetString());
    }

    private static string Told(JsonElement message) =>
        string.Join(' ', message.EnumerateObject().Where(member => member.Name != "id").Select(member => member.Value.GetRawText()));

    private Task<HttpResponseMessage> PostAsync(string form, string type = "application/x-www-form-urlencoded")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(form));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return app.Client.PostAsync(MessagesApp.Path, content);
    }
}
