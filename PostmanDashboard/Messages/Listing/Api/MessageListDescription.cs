using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>What the OpenAPI document says of the parameters of a list, which are read by hand so that one response can name all errors.</summary>
internal static class MessageListDescription
{
    private static readonly string[] Orders = ["created_at", "+created_at", "-created_at", "updated_at", "+updated_at", "-updated_at"];

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters =
        [
            Parameter("limit", "The maximum number of messages to return.", Number(1, MessageListRequest.MaxLimit, MessageListRequest.DefaultLimit)),
            Parameter("offset", "The number of messages to skip.", Number(0, int.MaxValue, 0)),
            Parameter("status", "Only messages with this status. May be given several times. No message has UNSENT, DELIVERED, OPENED or COMPLAINT.",
                Several(MessageListRequest.Statuses.Keys)),
            Parameter("tag", "Only messages with this tag, written in the same way.",
                new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Message.TagMaxLength }),
            .. CreatedBounds.Names.Select(name => Parameter(
                $"created_at[{name}]",
                $"Only messages created {InWords(name)} this instant (ISO 8601; UTC when no zone is given). The spelling created_at.{name} does the same.",
                new() { Type = JsonSchemaType.String, Format = "date-time" })),
            Parameter("sort_by", "The order: descending, unless there is a plus before it. When it is given several times, the first one counts.",
                Several(Orders)),
            Parameter("exclude_params", "Whether to leave out params, which includes the body.", new() { Type = JsonSchemaType.Boolean, Default = false }),
        ];
        await operation.AddProblemAsync(
            context,
            StatusCodes.Status400BadRequest,
            "Invalid or unknown parameters, each named in errors (`api_validation`), or a request that can't be read " +
                "because it has several Authorization headers (`malformed`).",
            cancellationToken);
        await operation.AddReadLimitAsync(context, cancellationToken);
    }

    private static string InWords(string bound) => bound switch
    {
        "gt" => "after",
        "gte" => "at or after",
        "lt" => "before",
        "lte" => "at or before",
        _ => throw new ArgumentOutOfRangeException(nameof(bound), bound, null),
    };

    private static OpenApiParameter Parameter(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiSchema Number(int least, int most, int otherwise) =>
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = $"{least}", Maximum = $"{most}", Default = otherwise };

    private static OpenApiSchema Several(IEnumerable<string> values) => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(value => JsonValue.Create(value))] },
    };
}
