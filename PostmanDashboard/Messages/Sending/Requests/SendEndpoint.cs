using Microsoft.AspNetCore.Http.Features;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.Listing.Api;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Messages.Sending.Receipts;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Hosting;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Takes on a message of a program.</summary>
public static class SendEndpoint
{
    public const string Path = "/v1/transactional/email/send";

    public const string IdempotencyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    public static void MapSendEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, SendAsync)
        .RequireAuthorization(BearerSetup.Policy).LimitSends().LimitBodiesItself().WithTags("Transactional email").WithName("sendTransactionalEmail")
        .Produces<MessageResponse>(StatusCodes.Status201Created)
        .AddOpenApiOperationTransformer(SendDescription.DescribeAsync);

    /// <summary>Send a message</summary>
    /// <remarks>
    /// Sends a mail to one recipient, and copies to others. 201 means that it is stored and will be handed to the mail server, also when
    /// ours is restarted in between, and tried again for three days where that is needed. Every address gets a mail of its own, so a bad
    /// one holds up no other; the status of the message is that of the mail to its recipient. Members that aren't described are passed over.
    /// </remarks>
    /// <response code="201">The message is accepted.</response>
    internal static async Task SendAsync(
        HttpContext context, MessageRules rules, LargeBodyLimiter turns, MessageSending sending, MessageResponses answers, CancellationToken cancellationToken)
    {
        var (key, _) = context.Features.GetRequiredFeature<ApiKeyVerification.Accepted>();
        var faults = new ValidationErrors();
        var idempotencyKey = ReadIdempotencyKey(context.Request, faults);
        var (request, unreadable) = await SendRequestReader.ReadAsync(context.Request, faults, cancellationToken);
        if (request is null)
        {
            await unreadable!.WriteAsync(context);
            return;
        }

        using var turn = request.IsLarge ? await turns.WaitAsync(key.AccountId, cancellationToken) : null;
        if (turn is { IsAcquired: false })
        {
            await LargeBodyLimiter.Refusal(context).WriteAsync(context);
            return;
        }

        request.CheckFiles(faults);
        var draft = rules.Check(request.Fields, EmailAddress.Parse(key.AccountEmail), faults);
        if (draft is null)
        {
            await faults.ToProblem().WriteAsync(context);
            return;
        }

        var idempotency = idempotencyKey is null ? null : new Idempotency(idempotencyKey, request.Hash());
        var result = await sending.SendAsync(key, draft with { Files = request.Files }, idempotency, cancellationToken);
        await AnswerAsync(context, result, id => answers.GetAsync(key.AccountId, id, cancellationToken));
    }

    private static async Task AnswerAsync(HttpContext context, SendResult result, Func<Guid, Task<MessageResponse>> read)
    {
        switch (result)
        {
            case SendResult.Accepted accepted:
                await CreatedAsync(context, MessageResponse.Of(accepted.Message));
                return;
            case SendResult.Repeated repeated:
                context.Response.Headers[ReplayedHeader] = "true";
                await CreatedAsync(context, await read(repeated.MessageId));
                return;
            case SendResult.KeyReused:
                await ApiProblem.Create(
                    StatusCodes.Status422UnprocessableEntity,
                    ApiProblemCode.ApiValidation,
                    "This Idempotency-Key was used for another request in the last 24 hours. Use one key for one message.").WriteAsync(context);
                return;
            default:
                throw new InvalidOperationException($"Unknown result {result}.");
        }
    }

    private static Task CreatedAsync(HttpContext context, MessageResponse message) =>
        TypedResults.Created($"/v1/transactional/email/{message.Id}", message).ExecuteAsync(context);

    private static string? ReadIdempotencyKey(HttpRequest request, ValidationErrors faults)
    {
        if (!request.Headers.TryGetValue(IdempotencyHeader, out var values))
        {
            return null;
        }

        if (values is [{ Length: > 0 and <= SendReceipt.KeyMaxLength } key] && key.All(character => character is > ' ' and <= '~'))
        {
            return key;
        }

        faults.Add(IdempotencyHeader, $"Send one key of 1 to {SendReceipt.KeyMaxLength} visible ASCII characters, or none.");
        return null;
    }
}
