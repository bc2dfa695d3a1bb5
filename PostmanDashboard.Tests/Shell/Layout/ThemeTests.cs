using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using PostmanDashboard.Shell.Layout;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Layout;

/// <summary>MudBlazor's parts and ours have one palette, which stands in tokens.css.</summary>
public sealed partial class ThemeTests
{
    private static readonly string Styles = Path.Combine(BuildPaths.Find("Repository"), "PostmanDashboard");

    [Fact]
    public void MudBlazors_parts_have_the_colours_of_the_light_pages() => AssertSame(Theme.Light.PaletteLight, Colours(":root {"));

    [Fact]
    public void MudBlazors_parts_have_the_colours_of_the_dark_pages() => AssertSame(Theme.Dark.PaletteDark, Colours(":root[data-theme=\"dark\"] {"));

    [Fact]
    public void Both_themes_have_the_same_colours() =>
        Assert.Equal(Colours(":root {").Keys.Order(StringComparer.Ordinal), Colours(":root[data-theme=\"dark\"] {").Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_other_style_sheet_names_a_colour() => Assert.Empty(
        Directory.EnumerateFiles(Styles, "*.css", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Styles, file).Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj"))
            .Where(file => Path.GetFileName(file) is not ("tokens.css" or "hangfire.css"))
            .SelectMany(file => LiteralColour().Matches(File.ReadAllText(file)).Select(colour => $"{Path.GetFileName(file)}: {colour.Value}")));

    private static void AssertSame(Palette palette, Dictionary<string, string> colours) => Assert.Equal(
        (colours["accent"], colours["accent-ink"], colours["danger"], colours["danger-ink"], colours["warn"], colours["good"], colours["paper"],
            colours["sheet"], colours["ink"], colours["ink-soft"], colours["line"], colours["line-strong"]),
        (Hex(palette.Primary), Hex(palette.PrimaryContrastText), Hex(palette.Error), Hex(palette.ErrorContrastText), Hex(palette.Warning),
            Hex(palette.Success), Hex(palette.Background), Hex(palette.Surface), Hex(palette.TextPrimary), Hex(palette.TextSecondary),
            Hex(palette.LinesDefault), Hex(palette.LinesInputs)));

    private static Dictionary<string, string> Colours(string start)
    {
        var tokens = File.ReadAllText(Path.Combine(Styles, "wwwroot", "tokens.css"));
        var from = tokens.IndexOf(start, StringComparison.Ordinal);
        return Colour().Matches(tokens[from..tokens.IndexOf('}', from)]).ToDictionary(colour => colour.Groups[1].Value, colour => colour.Groups[2].Value);
    }

    private static string Hex(MudColor colour) => colour.ToString(MudColorOutputFormats.Hex);

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Colour();

    [GeneratedRegex(@"(?<=: [^;{]*)#[0-9a-fA-F]{3,8}(?=[ ;,)])")]
    private static partial Regex LiteralColour();
}
