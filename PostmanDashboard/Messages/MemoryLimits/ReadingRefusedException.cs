using System.Globalization;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Ends the reading of a message for which there is no room now. An exception, because it comes up in the middle of a stream.</summary>
internal sealed class ReadingRefusedException(bool isOfAccount)
    : BadHttpRequestException("Too much is being read.", isOfAccount ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable)
{
    private const int RetryAfterSeconds = 5;

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem.Create(StatusCode, ApiProblemCode.RateLimit, Text).WriteAsync(context);
    }

    private string Text => isOfAccount
        ? $"This account sends too many large messages at a time: of all that are on their way, {ReadingBudget.OfAccount} bytes may be. Wait " +
            $"{RetryAfterSeconds} seconds, then send this one again."
        : $"Too many large messages are on their way. Wait {RetryAfterSeconds} seconds, then send this one again.";
}
