namespace PostmanDashboard.Shell.Api;

/// <summary>docs/api.md, which says how to work with the API: the readable pages start with it.</summary>
internal static class ApiGuide
{
    /// <summary>Where the guide's examples call.</summary>
    private const string ExampleRoot = "http://localhost:5080";

    private static readonly Lazy<string> Text = new(() =>
    {
        using var resource = typeof(ApiGuide).Assembly.GetManifestResourceStream("PostmanDashboard.docs.api.md")!;
        using var reader = new StreamReader(resource);
        // The pages have a title of their own.
        reader.ReadLine();
        return reader.ReadToEnd().Trim();
    });

    /// <returns>Markdown, with examples that call <paramref name="root"/>.</returns>
    public static string For(string root) => Text.Value.Replace(ExampleRoot, root, StringComparison.Ordinal);
}
