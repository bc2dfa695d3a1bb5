using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace PostmanDashboard.Tests.Testing;

/// <summary>The OpenAPI document, held against real answers: whatever they hold must be described, and as they hold it.</summary>
public sealed partial class ApiContract(JsonObject document)
{
    private static readonly string[] Prefixes = ["Postman-", "RateLimit-", "Idempotency-"];

    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly HashSet<(string Operation, string Status)> seen = [];

    /// <summary>Every operation, like <c>get /v1/api-keys/current</c>, with each status that it describes.</summary>
    public IEnumerable<(string Operation, string Status)> Described =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from response in operation.Value!["responses"]!.AsObject()
        select ($"{operation.Key} {path.Key}", response.Key);

    /// <summary>What was held against the document so far.</summary>
    public IReadOnlySet<(string Operation, string Status)> Seen => seen;

    public static async Task<ApiContract> ReadAsync(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());

    /// <summary>Fails with each thing that the document doesn't say of this answer, or says otherwise.</summary>
    public async Task AssertDescribesAsync(HttpResponseMessage answer)
    {
        var (name, operation) = FindOperation(answer.RequestMessage!);
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        var said = $"{name} answered {status}";
        var described = operation["responses"]![status];
        Assert.True(described is not null, $"{said}, which isn't described.");
        seen.Add((name, status));

        AssertHeaders(answer, described, said);
        await AssertContentAsync(answer, described["content"]?.AsObject(), said);
    }

    private static void AssertHeaders(HttpResponseMessage answer, JsonNode described, string said)
    {
        var names = answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key);
        var known = described["headers"]?.AsObject().Select(header => header.Key) ?? [];
        // The others are of HTTP itself, or for browsers.
        var ours = names.Where(name => name is "Retry-After" or "WWW-Authenticate" || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.True(ours.All(name => known.Contains(name, StringComparer.OrdinalIgnoreCase)), $"{said} with {string.Join(", ", ours.Except(known))}, not all described.");
    }

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
        using var json = JsonDocument.Parse(body);
        var result = SchemaOf(described[type]!["schema"]!).Evaluate(json.RootElement, Strictly);
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"));
        Assert.True(result.IsValid, $"{said} otherwise than described:\n{string.Join('\n', errors)}\n{body}");
    }

    private (string Name, JsonNode Operation) FindOperation(HttpRequestMessage request)
    {
        var path = document["paths"]!.AsObject().Where(path => Template(path.Key).IsMatch(request.RequestUri!.AbsolutePath)).MinBy(path => path.Key.Count(c => c == '{'));
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
        whole["components"] = document["components"]!.DeepClone();
        Close(whole);
        return JsonSchema.FromText(whole.ToJsonString());
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
