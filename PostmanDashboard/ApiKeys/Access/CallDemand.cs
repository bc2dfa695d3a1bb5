namespace PostmanDashboard.ApiKeys.Access;

/// <summary>What a call asks of its key, apart from being live.</summary>
/// <param name="Need">Null where no endpoint was found, so that nothing will be done.</param>
public readonly record struct CallDemand(KeyNeed? Need)
{
    /// <summary>Routing has found the endpoint before anybody asks who calls.</summary>
    public static CallDemand Of(HttpContext call) => new(call.GetEndpoint()?.Metadata.GetMetadata<RequiredAccess>()?.Need);
}
