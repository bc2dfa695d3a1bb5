using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Limits;

/// <summary>What the OpenAPI document says of the limit of sends.</summary>
internal static class SendLimitDescription
{
    /// <summary>Adds the refusal, and what comes with every answer that is described already.</summary>
    public static async Task AddSendLimitAsync(
        this OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var refused = await operation.AddProblemAsync(
            context, StatusCodes.Status429TooManyRequests, "The account sends too many messages a second (`rate_limit`). This one was not sent.", cancellationToken);
        AddHeader(refused, "Retry-After", "After how many seconds to send it again.", 1);
        // Whoever has no live key has no limit either.
        foreach (var (_, response) in operation.Responses!.Where(response => response.Key != "401"))
        {
            AddHeader(response, SendLimitHeaders.Limit, "How many messages a second the account may send, with all its keys together.", 10);
            AddHeader(response, SendLimitHeaders.Remaining, "How many more it may send at this moment.", 9);
            AddHeader(response, SendLimitHeaders.Reset, "After how many seconds without a send it may send all of them again.", 1);
        }
    }

    private static void AddHeader(IOpenApiResponse response, string name, string description, int example)
    {
        var described = (OpenApiResponse)response;
        described.Headers ??= new Dictionary<string, IOpenApiHeader>();
        described.Headers[name] = new OpenApiHeader
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            Example = JsonValue.Create(example),
        };
    }
}
