namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Marks an endpoint that answers with messages, of which an account may read a limited number at once.</summary>
/// <param name="Share">How much of what the account has an answer takes.</param>
internal sealed record CountsAsRead(int Share);

internal static class ReadLimits
{
    /// <summary>For an answer with one message.</summary>
    public const int One = 1;

    /// <summary>For an answer with any number of messages.</summary>
    public const int Many = 8;

    /// <summary>Lets calls wait while the account reads as much as it may, and cuts off whoever doesn't read the answer.</summary>
    public static TBuilder LimitReads<TBuilder>(this TBuilder endpoint, int share)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CountsAsRead(share));
}
