using System.Text.RegularExpressions;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Architecture;

/// <summary>Each address of ours stands once, so that a page can move without a link that leads nowhere.</summary>
public sealed partial class RoutesTests
{
    private static readonly Type[] Routes = [typeof(PageRoutes), typeof(ApiRoutes)];

    private static readonly string Folder = Path.Combine(BuildPaths.Find("Repository"), "PostmanDashboard");

    /// <summary>What the addresses begin with: <c>settings</c>, <c>v1</c>.</summary>
    private static readonly string[] Beginnings =
    [
        .. Routes.SelectMany(type => type.GetFields()).Where(field => field.IsLiteral)
            .Select(field => ((string)field.GetRawConstantValue()!).Split('/', '?', '#')[1])
            .Where(beginning => beginning.Length > 0).Distinct(),
    ];

    [Fact]
    public void An_address_of_ours_is_written_in_the_routes_alone()
    {
        var address = new Regex($$"""["}]/({{string.Join('|', Beginnings)}})(?![\w-])""");

        Assert.Empty(Lines("*.cs").Concat(Lines("*.razor")).Where(line => address.IsMatch(line.Text)).Select(line => line.Place));
    }

    /// <summary>The start page too, whose address is a slash and nothing else.</summary>
    [Fact]
    public void A_link_of_a_component_takes_its_address_from_the_routes() =>
        Assert.Empty(Lines("*.razor").Where(line => LiteralLink().IsMatch(line.Text)).Select(line => line.Place));

    /// <summary>What people write in code, without comments.</summary>
    private static IEnumerable<(string Place, string Text)> Lines(string pattern) =>
        from file in Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Folder, file).Replace('\\', '/')
        where !name.Split('/').Any(part => part is "bin" or "obj" or "data" or "Migrations")
        where !Routes.Any(type => name.EndsWith($"/{type.Name}.cs", StringComparison.Ordinal))
        from line in File.ReadLines(file).Select((text, index) => (Place: $"{name}:{index + 1}", Text: text))
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select line;

    [GeneratedRegex("""(?<!<base )\b(href|action)="/""")]
    private static partial Regex LiteralLink();
}
