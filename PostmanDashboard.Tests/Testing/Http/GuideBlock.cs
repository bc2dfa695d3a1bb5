using System.Text.RegularExpressions;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>A fenced block of docs/api.md.</summary>
/// <param name="Language">What stands after the fence: <c>sh</c>, <c>js</c>, <c>python</c>, <c>csharp</c> or <c>json</c>.</param>
/// <param name="Shows">The JSON that follows directly: what the block prints. Null when none does.</param>
public sealed partial record GuideBlock(string Language, string Text, string? Shows)
{
    /// <summary>Where the guide's examples call. Tests put the address of their own dashboard there.</summary>
    public const string Root = "http://localhost:5080";

    public static IReadOnlyList<GuideBlock> ReadAll()
    {
        var fences = Fence().Matches(File.ReadAllText(BuildPaths.Find("Guide")));
        return [.. fences.Select((fence, place) => new GuideBlock(
            fence.Groups["language"].Value,
            fence.Groups["text"].Value,
            place + 1 < fences.Count && fences[place + 1].Groups["language"].Value == "json" ? fences[place + 1].Groups["text"].Value : null))];
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
