using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.RateLimits;

/// <summary>What the OpenAPI document says of the limits of sends and of reading.</summary>
internal static class SendLimitDescription
{
    /// <summary>Adds the refusal, and what comes with every answer that is described already.</summary>
    public static async Task AddSendLimitAsync(
        this OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var refused = await operation.AddProblemAsync(
            context, StatusCodes.Status429TooManyRequests,
                "The account sends too many messages a second, or too many large ones at a time (`rate_limit`). This one was not sent.", cancellationToken);
        var busy = await operation.AddProblemAsync(
            context, StatusCodes.Status503ServiceUnavailable,
                "All accounts together send too many large messages at a time (`rate_limit`). This one was not sent.", cancellationToken);
        AddHeader(refused, "Retry-After", "How many seconds to wait before sending it again.", 1, isAlwaysSent: true);
        AddHeader(busy, "Retry-After", "How many seconds to wait before sending it again.", 5, isAlwaysSent: true);
        // Whoever has no live key, or may not use it like that, has no limit either, and of some calls we never get to know whose they are.
        foreach (var (status, response) in operation.Responses!.Where(response => response.Key is not ("401" or "403")))
        {
            var always = status is not ("400" or "500");
            AddHeader(response, SendLimitHeaders.Limit, "How many messages a second the account may send, with all its keys together.", 10, always);
            AddHeader(response, SendLimitHeaders.Remaining, "How many more it may send at this moment.", 9, always);
            AddHeader(response, SendLimitHeaders.Reset, "How many seconds without a send until all of them are available again.", 1, always);
        }
    }

    /// <summary>Adds the refusal of an account that reads too much at a time.</summary>
    public static async Task AddReadLimitAsync(
        this OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => AddHeader(
        await operation.AddProblemAsync(
            context, StatusCodes.Status429TooManyRequests, "The account reads too many messages at a time (`rate_limit`).", cancellationToken),
        "Retry-After", "How many seconds to wait before trying again.", 1, isAlwaysSent: true);

    private static void AddHeader(IOpenApiResponse response, string name, string description, int example, bool isAlwaysSent)
    {
        var described = (OpenApiResponse)response;
        described.Headers ??= new Dictionary<string, IOpenApiHeader>();
        described.Headers[name] = new OpenApiHeader
        {
            Description = description,
            Required = isAlwaysSent,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            Example = JsonValue.Create(example),
        };
    }
}
