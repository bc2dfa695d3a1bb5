using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Messages.RateLimits;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Refuses messages for which there is no room in memory: by their length, if they say it, before anything is read of them.</summary>
internal sealed class ReadingBudgetMiddleware(RequestDelegate next, ReadingBudget budget)
{
    /// <summary>In bytes. No more of a message is read; a request that announces more is rejected.</summary>
    private const long Longest = 13 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CountsAsSend>() is null || context.Features.Get<ApiKeyVerification.Accepted>() is not { } caller)
        {
            await next(context);
            return;
        }

        using var share = budget.Open(caller.Key.AccountId);
        try
        {
            share.GrowTo(context.Request.ContentLength is { } length and <= Longest ? length : 0);
            context.Request.Body = new MeteredStream(context.Request.Body, share.GrowTo);
            await next(context);
        }
        catch (ReadingRefusedException refused) when (!context.Response.HasStarted)
        {
            await refused.WriteAsync(context);
        }
    }
}
