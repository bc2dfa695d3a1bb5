using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>What has become of an account's messages, for its programs. What a key sees is what its access says.</summary>
public static class ReadMessageEndpoints
{
    public static void MapReadMessageEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var messages = endpoints.MapGroup(ApiRoutes.Messages).RequireKey(KeyNeed.Read).WithTags("Transactional email");
        messages.MapGet("", ListAsync).WithName("listTransactionalEmails").LimitReads(ReadLimits.Many)
            .AddOpenApiOperationTransformer(MessageListDescription.DescribeAsync);
        messages.MapGet($"{{id:{NotSending.Name}}}", FindAsync).WithName("getTransactionalEmail").LimitReads(ReadLimits.One)
            .AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
            {
                await operation.AddProblemAsync(context, StatusCodes.Status404NotFound,
                        "The account has no such message, or the key may not see it (`not_found`).", cancellationToken);
                await operation.AddReadLimitAsync(context, cancellationToken);
            });
    }

    /// <summary>List messages</summary>
    /// <remarks>
    /// Lists what all keys of the account sent, or only what this one sent if its access is own_messages: newest first, unless asked otherwise.
    /// Ask with a greater offset, or with a bound on created_at, for those that didn't fit.
    /// </remarks>
    /// <response code="200">The messages that fit the filters.</response>
    internal static async Task<Results<Ok<MessageListResponse>, JsonHttpResult<ApiProblem>>> ListAsync(
        HttpContext context, MessageResponses messages, CancellationToken cancellationToken)
    {
        var errors = new ValidationErrors();
        var request = MessageListRequest.Read(context.Request.Query, errors);
        return errors.Any ? errors.ToProblem().ToResult() : TypedResults.Ok(await messages.ListAsync(KeyOf(context), request, cancellationToken));
    }

    /// <summary>Read a message</summary>
    /// <remarks>Says what was sent and what has become of it. Ask again for a message that is ACCEPTED: its status changes.</remarks>
    /// <param name="id">The id that came with the answer to sending it.</param>
    /// <response code="200">The message.</response>
    internal static async Task<Results<Ok<MessageResponse>, JsonHttpResult<ApiProblem>>> FindAsync(
        string id, HttpContext context, MessageResponses messages, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var known) && await messages.FindAsync(KeyOf(context), known, cancellationToken) is { } message
            ? TypedResults.Ok(message)
            : ApiProblem.Create(StatusCodes.Status404NotFound, ApiProblemCode.NotFound, "Your account has no message with this id.").ToResult();

    private static VerifiedApiKey KeyOf(HttpContext context) => context.Features.GetRequiredFeature<ApiKeyVerification.Accepted>().Key;
}
