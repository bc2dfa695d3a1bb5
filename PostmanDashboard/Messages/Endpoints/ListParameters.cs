using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Endpoints;

/// <summary>The parameters of a call as they came.</summary>
/// <param name="faults">Gets what is wrong with them.</param>
internal sealed class ListParameters(IQueryCollection query, ApiFaults faults)
{
    /// <returns>Null when it wasn't given.</returns>
    public string? Single(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            Fault(name, "Give this once.");
        }

        return values.Count == 0 ? null : values[0] ?? "";
    }

    /// <summary>A parameter that may be given several times, as <c>status=A&amp;status=B</c> or <c>status[]=A&amp;status[]=B</c>.</summary>
    public IReadOnlyList<string> Several(string name) => [.. query[name].Concat(query[$"{name}[]"]).Select(value => value ?? "")];

    /// <summary>Says what is wrong with a parameter, once.</summary>
    public void Fault(string name, string message)
    {
        if (!faults.Has(name))
        {
            faults.Add(name, message);
        }
    }
}
