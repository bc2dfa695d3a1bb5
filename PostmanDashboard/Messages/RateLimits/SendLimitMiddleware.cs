using System.Globalization;
using Microsoft.Extensions.Options;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Logging;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Messages.RateLimits;

/// <summary>Refuses the sends of an account that sends too many, once its key was checked and before the body is read.</summary>
internal sealed class SendLimitMiddleware(
    RequestDelegate next, SendLimiter limiter, IOptions<MessageOptions> options, LogThrottle throttle, ILogger<SendLimitMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CountsAsSend>() is null || context.Features.Get<ApiKeyVerification.Accepted>() is not { } caller)
        {
            return next(context);
        }

        var allowance = limiter.Take(caller.Key.AccountId, caller.Key.MessagesPerSecond ?? options.Value.PerSecond);
        // At the last moment, because an exception clears the headers that were set before.
        context.Response.OnStarting(() =>
        {
            AddHeaders(context.Response.Headers, allowance);
            return Task.CompletedTask;
        });
        if (allowance.Granted)
        {
            return next(context);
        }

        throttle.Write(logger, LogLevel.Information, "message over the limit",
            "A message was rejected, because its account sends more of them a second than it may");
        return Refusal(allowance).WriteAsync(context);
    }

    /// <remarks>As in draft-ietf-httpapi-ratelimit-headers-06. A full bucket is empty after a second, and one that is full has
    /// room before: whole seconds can say neither more exactly.</remarks>
    private static void AddHeaders(IHeaderDictionary headers, SendAllowance allowance)
    {
        headers[SendLimitHeaders.Limit] = allowance.Limit.ToString(CultureInfo.InvariantCulture);
        headers[SendLimitHeaders.Remaining] = allowance.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[SendLimitHeaders.Reset] = "1";
        if (!allowance.Granted)
        {
            headers.RetryAfter = "1";
        }
    }

    private static ApiProblem Refusal(SendAllowance allowance) => ApiProblem.Create(
        StatusCodes.Status429TooManyRequests,
        ApiProblemCode.RateLimit,
        $"This account may send {Quantity.Format(allowance.Limit, "message")} a second, with all its keys together. Wait a second, then send this one again.");
}
