using System.Threading.RateLimiting;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Bounds how many answers with messages an account has in progress: each may hold a body of a mebibyte for as long as its reader takes.</summary>
internal sealed class ResponseLimiter : IDisposable
{
    /// <summary>Four lists at a time, or this many single messages.</summary>
    public const int Shares = 4 * ReadLimits.Many;

    /// <summary>How much may wait, in shares.</summary>
    public const int MaxWaiting = 8 * Shares;

    private readonly PartitionedRateLimiter<Guid> turns = PartitionedRateLimiter.Create<Guid, Guid>(accountId =>
        RateLimitPartition.GetConcurrencyLimiter(accountId, _ => new ConcurrencyLimiterOptions { PermitLimit = Shares, QueueLimit = MaxWaiting }));

    /// <summary>Whether nothing of the account is in progress.</summary>
    internal bool IsIdle(Guid accountId) => turns.GetStatistics(accountId) is not { } now || now.CurrentAvailablePermits == Shares;

    /// <returns>The turn, which ends when it is disposed of. Not acquired when too many of the account wait already.</returns>
    public ValueTask<RateLimitLease> WaitAsync(Guid accountId, int share, CancellationToken cancellationToken) =>
        turns.AcquireAsync(accountId, share, cancellationToken);

    /// <summary>For whoever gets no turn.</summary>
    public static ApiProblem Refusal(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return ApiProblem.Create(
            StatusCodes.Status429TooManyRequests,
            ApiProblemCode.RateLimit,
            "This account is reading too many messages at a time. Wait a second, then try again, and read each response to its end.");
    }

    public void Dispose() => turns.Dispose();
}
