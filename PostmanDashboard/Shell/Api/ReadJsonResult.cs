using System.Text.Json;

namespace PostmanDashboard.Shell.Api;

/// <summary>What can come of reading JSON.</summary>
public abstract record ReadJsonResult
{
    private ReadJsonResult()
    {
    }

    /// <summary>An object. Whoever gets it disposes of it.</summary>
    public sealed record Read(JsonDocument Body) : ReadJsonResult;

    /// <summary>What to answer instead.</summary>
    public sealed record Refused(ApiProblem Problem) : ReadJsonResult;
}
