using System.Net;
using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.ApiKeys.Access;

/// <summary>What a call asks of its key, apart from being live.</summary>
/// <param name="Need">Null where no endpoint was found, so that nothing will be done.</param>
/// <param name="From">Null where the connection has no address.</param>
public readonly record struct CallDemand(KeyNeed? Need, IPAddress? From)
{
    /// <summary>Whether it is a call of our own, which comes from nowhere.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Routing has found the endpoint before anybody asks who calls.</summary>
    public static CallDemand Of(HttpContext call) =>
        new(call.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>()?.Need, call.Connection.RemoteIpAddress);

    /// <returns>What the key may not do of it. Null where it may do all.</returns>
    public ApiKeyRefusal? Exceeds(VerifiedApiKey key) => this switch
    {
        // First: who calls from elsewhere doesn't learn what a live key may do. That a key has expired, or was deleted, disabled or paused,
        // is said before, wherever the call comes from; and the answer has the headers about its expiry.
        _ when !IsOurs && !key.Networks.Allows(From) => ApiKeyRefusal.Network,
        { Need: { } need } when !key.Access.Allows(need) => ApiKeyRefusal.Access,
        _ => null,
    };
}
