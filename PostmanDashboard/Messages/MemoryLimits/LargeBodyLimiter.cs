using System.Threading.RateLimiting;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>
/// Lets each account have one large body cleaned, or the files of one message looked through, at a time. That can take a second of a
/// processor: ten a second of one account would keep all others waiting.
/// </summary>
internal sealed class LargeBodyLimiter : IDisposable
{
    /// <summary>In characters. Smaller ones take a few milliseconds, whatever is in them.</summary>
    public const int LargeFrom = 16 * 1024;

    /// <summary>How many of an account may wait.</summary>
    public const int MaxWaiting = 10;

    private readonly PartitionedRateLimiter<Guid> turns = PartitionedRateLimiter.Create<Guid, Guid>(accountId =>
        RateLimitPartition.GetConcurrencyLimiter(accountId, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = MaxWaiting }));

    /// <returns>The turn, which ends when it is disposed of. Not acquired when too many of the account wait already.</returns>
    public ValueTask<RateLimitLease> WaitAsync(Guid accountId, CancellationToken cancellationToken) =>
        turns.AcquireAsync(accountId, permitCount: 1, cancellationToken);

    /// <summary>For whoever gets no turn.</summary>
    public static ApiProblem Refusal(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return ApiProblem.Create(
            StatusCodes.Status429TooManyRequests,
            ApiProblemCode.RateLimit,
            $"{MaxWaiting} messages of this account with files, or bodies over {LargeFrom / 1024} KiB, are waiting already. Wait a second, then send " +
                $"this one again.");
    }

    public void Dispose() => turns.Dispose();
}
