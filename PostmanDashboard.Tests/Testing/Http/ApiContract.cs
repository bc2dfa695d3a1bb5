using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>The OpenAPI document, held against real answers and the requests that were accepted: whatever they hold must be
/// described, and as they hold it.</summary>
public sealed partial class ApiContract(JsonObject document)
{
    private static readonly string[] Prefixes = ["Postman-", "RateLimit-", "Idempotency-"];

    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly HashSet<string> seen = [];

    /// <summary>Every operation: <c>get /v1/api-keys/current</c>.</summary>
    public IEnumerable<string> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select $"{operation.Key} {path.Key}";

    /// <summary>What the document describes and no answer had so far: statuses of operations, and headers of theirs.</summary>
    public IEnumerable<string> Missed => (
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from response in operation.Value!["responses"]!.AsObject()
        from part in HeadersOf(response.Value!).Select(header => header.Key).Prepend(response.Key)
        select $"{operation.Key} {path.Key}: {part}").Except(seen, StringComparer.OrdinalIgnoreCase);

    /// <summary>The example of what to send, as it stands in the document.</summary>
    public string ExampleOf(string operation) => ContentOf(operation)["example"]!.ToJsonString();

    /// <summary>The members that may be sent.</summary>
    public IEnumerable<string> MembersOf(string operation) =>
        document["components"]!["schemas"]![((string)ContentOf(operation)["schema"]!["$ref"]!).Split('/')[^1]]!["properties"]!.AsObject()
            .Select(member => member.Key);

    public static async Task<ApiContract> ReadAsync(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());

    /// <summary>Fails with each thing that the document doesn't say of this answer, or says otherwise.</summary>
    /// <param name="sent">The JSON that it is the answer to. Null when there was none.</param>
    public async Task AssertDescribesAsync(HttpResponseMessage answer, string? sent)
    {
        var (name, operation) = FindOperation(answer.RequestMessage!);
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var said = $"{name} answered {status}";
        var described = operation["responses"]![status];
        Assert.True(described is not null, $"{said}, which isn't described.");
        seen.Add($"{name}: {status}");

        AssertHeaders(answer, described, name, said);
        await AssertContentAsync(answer, described["content"]?.AsObject(), said);
        if (answer.IsSuccessStatusCode && sent is not null)
        {
            AssertFits(sent, operation["requestBody"]!["content"]!["application/json"]!["schema"]!, $"{name} took what is described otherwise");
        }
    }

    private void AssertHeaders(HttpResponseMessage answer, JsonNode described, string operation, string said)
    {
        var sent = answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = HeadersOf(described).Select(header => header.Key);
        // The others are of HTTP itself, or for browsers.
        var ours = sent.Where(name => name is "Location" or "Retry-After" or "WWW-Authenticate" || Prefixes.Any(
            prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.True(ours.All(name => known.Contains(name, StringComparer.OrdinalIgnoreCase)),
            $"{said} with {string.Join(", ", ours.Except(known))}, not all described.");
        var missing = HeadersOf(described).Where(header => header.Value!["required"]?.GetValue<bool>() == true).Select(header => header.Key)
            .Except(sent, StringComparer.OrdinalIgnoreCase);
        Assert.True(!missing.Any(), $"{said} without {string.Join(", ", missing)}.");
        seen.UnionWith(sent.Select(name => $"{operation}: {name}"));
    }

    private static JsonObject HeadersOf(JsonNode response) => response["headers"]?.AsObject() ?? [];

    private JsonNode ContentOf(string operation) =>
        document["paths"]![operation.Split(' ')[1]]![operation.Split(' ')[0]]!["requestBody"]!["content"]!["application/json"]!;

    private async Task AssertContentAsync(HttpResponseMessage answer, JsonObject? described, string said)
    {
        var body = await answer.Content.ReadAsStringAsync();
        if (described is null)
        {
            Assert.True(body.Length == 0, $"{said} with a body, which isn't described: {body}");
            return;
        }

        var type = answer.Content.Headers.ContentType?.MediaType;
        Assert.True(type is not null && described.ContainsKey(type), $"{said} as {type}, which isn't described.");
        AssertFits(body, described[type]!["schema"]!, $"{said} otherwise than described");
    }

    private void AssertFits(string body, JsonNode schema, string otherwise)
    {
        using var json = JsonDocument.Parse(body);
        var result = SchemaOf(schema).Evaluate(json.RootElement, Strictly);
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"));
        Assert.True(result.IsValid, $"{otherwise}:\n{string.Join('\n', errors)}\n{body}");
    }

    private (string Name, JsonNode Operation) FindOperation(HttpRequestMessage request)
    {
        var path = document["paths"]!.AsObject().Where(path => Template(path.Key).IsMatch(request.RequestUri!.AbsolutePath))
            .MinBy(path => path.Key.Count(c => c == '{'));
        Assert.True(path.Value is not null, $"{request.RequestUri} isn't described.");
#pragma warning disable CA1308 // The document's names of methods are in lower case.
        var method = request.Method.Method.ToLowerInvariant();
#pragma warning restore CA1308
        Assert.True(path.Value[method] is not null, $"{method} {path.Key} isn't described.");
        return ($"{method} {path.Key}", path.Value[method]!);
    }

    /// <summary>As it stands, but that it allows no member that it doesn't name.</summary>
    private JsonSchema SchemaOf(JsonNode schema)
    {
        var whole = schema.DeepClone().AsObject();
        // OpenAPI 3.1 says that its schemas are of this dialect.
        whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        whole["$defs"] = document["components"]!["schemas"]!.DeepClone();
        Close(whole);
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Close(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (_, value) in members.ToList())
            {
                Close(value);
            }

            if (members["properties"] is JsonObject && members["type"] is not null)
            {
                members.TryAdd("additionalProperties", false);
            }
        }
    }

    private static Regex Template(string path) => new($"^{Placeholder().Replace(Regex.Escape(path).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+")}$");

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Placeholder();
}
