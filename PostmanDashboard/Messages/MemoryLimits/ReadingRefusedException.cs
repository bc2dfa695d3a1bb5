using System.Globalization;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Ends the reading of a message for which there is no room now. An exception, because it comes up in the middle of a stream.</summary>
internal sealed class ReadingRefusedException(bool isOfAccount)
    : BadHttpRequestException(
        "Too many large requests are in progress.", isOfAccount ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable)
{
    private const int RetryAfterSeconds = 5;

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem.Create(StatusCode, ApiProblemCode.RateLimit, Text).WriteAsync(context);
    }

    private string Text => isOfAccount
        ? $"This account has too many large messages in progress: at most {ReadingBudget.OfAccount} bytes at a time. Wait " +
            $"{RetryAfterSeconds} seconds, then send this one again."
        : $"Too many large messages are in progress. Wait {RetryAfterSeconds} seconds, then send this one again.";
}
