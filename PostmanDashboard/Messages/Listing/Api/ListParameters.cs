using Microsoft.Extensions.Primitives;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>The parameters of a call as they came.</summary>
/// <param name="errors">Gets what is wrong with them.</param>
internal sealed class ListParameters(IQueryCollection query, ValidationErrors errors)
{
    /// <summary>How many unknown parameters are reported.</summary>
    private const int MaxUnknown = 10;

    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when it wasn't given.</returns>
    public string? Single(string name)
    {
        var values = ValuesOf(name);
        if (values.Count > 1)
        {
            AddError(name, "Send this only once.");
        }

        return values.Count == 0 ? null : values[0] ?? "";
    }

    /// <summary>A parameter that may be given several times, as <c>status=A&amp;status=B</c> or <c>status[]=A&amp;status[]=B</c>.</summary>
    public IReadOnlyList<string> Several(string name) => [.. ValuesOf(name).Concat(ValuesOf($"{name}[]")).Select(value => value ?? "")];

    /// <summary>Says so of each parameter that was not asked for. Call this last: a filter that is misspelt would find everything.</summary>
    public void RefuseOthers(string message)
    {
        foreach (var name in query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).Take(MaxUnknown))
        {
            AddError(name, message);
        }
    }

    /// <summary>Says what is wrong with a parameter, once.</summary>
    public void AddError(string name, string message)
    {
        if (!errors.Has(name))
        {
            errors.Add(name, message);
        }
    }

    private StringValues ValuesOf(string name)
    {
        known.Add(name);
        var values = query[name];
        if (values.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
        {
            AddError(name, "This contains a NUL character.");
        }

        return values;
    }
}
