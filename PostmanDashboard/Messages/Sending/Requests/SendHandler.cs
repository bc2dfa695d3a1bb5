using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.HeldBack;
using PostmanDashboard.Messages.Listing.Api;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Messages.Sending.Receipts;
using PostmanDashboard.Shell.Api;
using SendAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<PostmanDashboard.Messages.Listing.Api.MessageResponse>,
    Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<PostmanDashboard.Shell.Api.ApiProblem>>;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Checks what a program asks for, takes it on, and answers.</summary>
internal sealed class SendHandler(
    MessageRules rules, LargeBodyLimiter turns, MessageSending sending, HeldRecipients held, MessageResponses answers)
{
    private static ApiProblem KeyReused => ApiProblem.Create(
        StatusCodes.Status422UnprocessableEntity,
        ApiProblemCode.ApiValidation,
        "This Idempotency-Key was used for another request in the last 24 hours. Use one key for one message.");

    /// <param name="errors">What is known to be wrong already.</param>
    public async Task<SendAnswer> SendAsync(
        HttpContext context, SendRequestReader request, string? idempotencyKey, ValidationErrors errors, CancellationToken cancellationToken)
    {
        var key = context.Features.GetRequiredFeature<ApiKeyVerification.Accepted>().Key;
        using var turn = request.IsLarge ? await turns.WaitAsync(key.AccountId, cancellationToken) : null;
        if (turn is { IsAcquired: false })
        {
            return LargeBodyLimiter.Refusal(context).ToResult();
        }

        request.CheckFiles(errors);
        return rules.Check(request.Fields, EmailAddress.Parse(key.AccountEmail), errors) switch
        {
            CheckMessageResult.Passed passed => await AcceptAsync(
                context, key, passed.Draft with { Files = request.Files }, idempotencyKey is null ? null : new Idempotency(idempotencyKey, request.Hash()),
                    cancellationToken),
            CheckMessageResult.Refused refused => refused.Problem.ToResult(),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    private async Task<SendAnswer> AcceptAsync(
        HttpContext context, VerifiedApiKey key, MessageDraft draft, Idempotency? idempotency, CancellationToken cancellationToken)
    {
        switch (await sending.SendAsync(key, draft, idempotency, cancellationToken))
        {
            case SendResult.Accepted accepted:
                return Created(MessageResponse.Of(accepted.Message));
            case SendResult.Repeated repeated:
                return await RepeatAsync(context, key, repeated.MessageId, cancellationToken);
            case SendResult.KeyReused:
                return KeyReused.ToResult();
            case SendResult.HeldBack heldBack:
                return held.Refuse(draft, heldBack.Addresses).ToResult();
            case var other:
                throw new InvalidOperationException($"Unknown result {other}.");
        }
    }

    /// <summary>Answers with the message of the first send, unless another key sent it and this one may not see that.</summary>
    private async Task<SendAnswer> RepeatAsync(HttpContext context, VerifiedApiKey key, Guid messageId, CancellationToken cancellationToken)
    {
        if (await answers.FindAsync(key, messageId, cancellationToken) is not { } message)
        {
            return KeyReused.ToResult();
        }

        context.Response.Headers[SendEndpoint.ReplayedHeader] = "true";
        return Created(message);
    }

    private static Created<MessageResponse> Created(MessageResponse message) => TypedResults.Created(ApiRoutes.Message(message.Id), message);
}
