using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.Messages.Listing.Api;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Messages.Sending.Receipts;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Hosting;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Takes on a message of a program.</summary>
public static class SendEndpoint
{
    public const string IdempotencyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    public static void MapSendEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(ApiRoutes.Send, SendAsync)
        .RequireKey(KeyNeed.Send).LimitSends().LimitBodiesItself().WithTags("Transactional email").WithName("sendTransactionalEmail")
        .AddOpenApiOperationTransformer(SendDescription.DescribeAsync);

    /// <summary>Send a message</summary>
    /// <remarks>
    /// Sends a mail to one recipient, and copies to others. 201 means that it is stored and will be handed to the mail server, also when
    /// ours is restarted in between, and tried again for three days where that is needed. Every address gets its own mail, so a bad
    /// one holds up no other; the status of the message is that of the mail to its recipient. Members that aren't described are passed over.
    /// </remarks>
    /// <response code="201">The message is accepted.</response>
    internal static async Task<Results<Created<MessageResponse>, JsonHttpResult<ApiProblem>>> SendAsync(
        HttpContext context, SendHandler handler, CancellationToken cancellationToken)
    {
        var errors = new ValidationErrors();
        var idempotencyKey = ReadIdempotencyKey(context.Request, errors);
        return await SendRequestReader.ReadAsync(context.Request, errors, cancellationToken) switch
        {
            ReadSendResult.Read read => await handler.SendAsync(context, read.Request, idempotencyKey, errors, cancellationToken),
            ReadSendResult.Refused refused => refused.Problem.ToResult(),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private static string? ReadIdempotencyKey(HttpRequest request, ValidationErrors errors)
    {
        if (!request.Headers.TryGetValue(IdempotencyHeader, out var values))
        {
            return null;
        }

        if (values is [{ Length: > 0 and <= SendReceipt.KeyMaxLength } key] && key.All(character => character is > ' ' and <= '~'))
        {
            return key;
        }

        errors.Add(IdempotencyHeader, $"Send one key of 1 to {SendReceipt.KeyMaxLength} visible ASCII characters, or none.");
        return null;
    }
}
