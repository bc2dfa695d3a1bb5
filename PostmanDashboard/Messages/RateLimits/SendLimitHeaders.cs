namespace PostmanDashboard.Messages.RateLimits;

/// <summary>Tells programs how fast they may send, before they are rejected.</summary>
internal static class SendLimitHeaders
{
    public const string Limit = "RateLimit-Limit";
    public const string Remaining = "RateLimit-Remaining";
    public const string Reset = "RateLimit-Reset";
}
