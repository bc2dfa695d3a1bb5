namespace PostmanDashboard.Messages.RateLimits;

/// <summary>Marks an endpoint whose calls are limited for each account.</summary>
internal sealed class CountsAsSend
{
    public static CountsAsSend Mark { get; } = new();
}

internal static class SendLimits
{
    /// <summary>Counts the calls of an endpoint, whatever becomes of them, and refuses those beyond the limit of their account.</summary>
    public static TBuilder LimitSends<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(CountsAsSend.Mark);
}
