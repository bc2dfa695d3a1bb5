using Microsoft.AspNetCore.Http.Features;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Gives answers with messages their turn, and ends them when nobody reads on.</summary>
internal sealed class ResponseLimiterMiddleware(RequestDelegate next, ResponseLimiter turns, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CountsAsRead>() is not { } read)
        {
            await next(context);
            return;
        }

        var accountId = context.Features.Get<ApiKeyVerification.Accepted>()?.Key.AccountId ?? context.User.AccountId();
        using var turn = await turns.WaitAsync(accountId, read.Share, context.RequestAborted);
        await (turn.IsAcquired ? AnswerAsync(context) : ResponseLimiter.Refusal(context).WriteAsync(context));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var watched = new TimedResponseBody(server.Stream, context, clock);
        var body = new StreamResponseBodyFeature(watched, server);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
            await body.Writer.FlushAsync(context.RequestAborted);
        }
        catch (Exception) when (watched.IsCutOff)
        {
            // There is nobody to tell.
        }
        finally
        {
            context.Features.Set(server);
        }
    }
}
