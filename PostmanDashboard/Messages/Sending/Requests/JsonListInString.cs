using System.Text.Json;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>A list of strings that is written as JSON into a single string, as the Postman before us took it, in forms and in JSON.</summary>
internal static class JsonListInString
{
    /// <returns>Null when it is none.</returns>
    public static IReadOnlyList<string>? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is { } list && !list.Contains(null) ? list : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
