using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Shell.Api;

public sealed partial class ApiDescriptionTests : IDisposable
{
    private readonly DashboardApplication app = new();
    private readonly HttpClient client;

    public ApiDescriptionTests() => client = app.CreateClient();

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_holds_the_api_alone()
    {
        var document = await ReadAsync();

        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer pgsg_", document.GetProperty("info").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.All(document.GetProperty("paths").EnumerateObject(), path => Assert.StartsWith("/v1/", path.Name, StringComparison.Ordinal));
        Assert.Equal(
            ["get", "delete"],
            document.GetProperty("paths").GetProperty("/v1/api-keys/current").EnumerateObject().Select(operation => operation.Name));
    }

    [Fact]
    public async Task It_begins_with_the_guide_whose_examples_call_this_server()
    {
        await using var elsewhere = new DashboardApplication { Settings = { ["Public:BaseUrl"] = "https://postman.example" } };
        using var reader = elsewhere.CreateClient();

        var guide = (await reader.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("info").GetProperty("description").GetString()!;

        Assert.Contains("## Replace a key without downtime", guide, StringComparison.Ordinal);
        Assert.Contains("curl https://postman.example/v1/transactional/email/send", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_is_made_with_a_bearer_key()
    {
        var document = await ReadAsync();

        var required = Assert.Single(Assert.Single(document.GetProperty("security").EnumerateArray()).EnumerateObject());
        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty(required.Name);
        Assert.Equal("http", scheme.GetProperty("type").GetString());
        Assert.Equal("bearer", scheme.GetProperty("scheme").GetString());
    }

    [Fact]
    public async Task Every_call_answer_header_and_member_is_described()
    {
        var document = await ReadAsync();

        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.NotEmpty(Text(operation.Value, "summary"));
            Assert.NotEmpty(Text(operation.Value, "description"));
            Assert.NotEmpty(Text(operation.Value, "operationId"));
            foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
            {
                Assert.NotEmpty(Text(response.Value, "description"));
                Assert.All(response.Value.GetProperty("headers").EnumerateObject(), header => Assert.NotEmpty(Text(header.Value, "description")));
            }
        }

        Assert.All(
            document.GetProperty("components").GetProperty("schemas").EnumerateObject()
                .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject()),
            member =>
            {
                Assert.NotEmpty(Text(member.Value.TryGetProperty("oneOf", out var one) ? one.EnumerateArray().Last() : member.Value, "description"));
                // One type, with null or without: an integer isn't sometimes a string.
                Assert.Single(TypesOf(member.Value), type => type != "null");
            });
    }

    [Fact]
    public async Task Schemas_keep_the_names_that_clients_were_generated_with()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");

        Assert.Equal(
            ["ApiProblem", "AttachmentAnswer", "CopyAnswer", "CurrentApiKey", "MessageAnswer", "MessageFields", "MessageListAnswer", "MessageParams"],
            schemas.EnumerateObject().Select(schema => schema.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_description_of_a_member_has_the_line_breaks_of_our_comments()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");

        Assert.DoesNotContain("\\n", schemas.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "200")]
    [InlineData("delete", "204")]
    public async Task Every_call_says_its_errors_and_what_comes_with_success(string method, string success)
    {
        var document = await ReadAsync();

        var responses = document.GetProperty("paths").GetProperty("/v1/api-keys/current").GetProperty(method).GetProperty("responses");
        Assert.Equal(
            ["Postman-Api-Key-Expires", "Postman-Api-Key-Warning"],
            responses.GetProperty(success).GetProperty("headers").EnumerateObject().Select(header => header.Name));
        Assert.True(responses.GetProperty("401").GetProperty("headers").TryGetProperty("WWW-Authenticate", out _));
        foreach (var status in (string[])["400", "401", "500"])
        {
            var schema = responses.GetProperty(status).GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
            Assert.Equal("#/components/schemas/ApiProblem", Text(schema, "$ref"));
        }
    }

    [Fact]
    public async Task The_readable_pages_load_nothing_from_elsewhere()
    {
        using var response = await client.GetAsync("/docs/api");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        Assert.DoesNotContain("//", ScriptsAndLinks().Matches(html).Select(match => match.Groups["address"].Value).Aggregate("", string.Concat),
            StringComparison.Ordinal);
        foreach (var address in ScriptsAndLinks().Matches(html).Select(match => match.Groups["address"].Value))
        {
            using var file = await client.GetAsync(new Uri(response.RequestMessage!.RequestUri!, address));
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }
    }

    [Fact]
    public async Task The_readable_pages_ask_nobody_else_for_fonts_or_answers_and_report_to_nobody()
    {
        var html = await client.GetStringAsync(new Uri("/docs/api", UriKind.Relative));

        Assert.Contains("\"withDefaultFonts\":false", html, StringComparison.Ordinal);
        Assert.Contains("\"telemetry\":false", html, StringComparison.Ordinal);
        Assert.Contains("\"agent\":{\"disabled\":true}", html, StringComparison.Ordinal);
        Assert.DoesNotContain("proxyUrl", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?<address>[^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptsAndLinks();

    private static IEnumerable<string?> TypesOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out _) ? ["object"]
        : schema.TryGetProperty("oneOf", out var one) ? one.EnumerateArray().SelectMany(TypesOf)
        : schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } types ? types.EnumerateArray().Select(type => type.GetString())
        : [Text(schema, "type")];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Task<JsonElement> ReadAsync() => client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
}
