using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.ApiKeys.Access;

/// <summary>What an endpoint under <c>/v1</c> needs of the key that it is called with.</summary>
public enum KeyNeed
{
    /// <summary>Nothing: it is about the key itself.</summary>
    Itself,

    Send,

    /// <summary>To read messages. Which ones is part of the query.</summary>
    Read,
}

/// <summary>The need of an endpoint, which is checked before it runs.</summary>
internal sealed record RequiredAccess(KeyNeed Need);

internal static class AccessRequirement
{
    /// <summary>Lets in live keys that may do this, and nobody else.</summary>
    public static TBuilder RequireKey<TBuilder>(this TBuilder endpoint, KeyNeed need)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(BearerSetup.Policy).WithMetadata(new RequiredAccess(need));
}
