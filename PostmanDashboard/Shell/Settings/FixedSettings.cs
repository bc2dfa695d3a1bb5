namespace PostmanDashboard.Shell.Settings;

/// <summary>Settings of the framework that are no choice of an operator's: the last source of all, so that nothing goes before them.</summary>
internal static class FixedSettings
{
    /// <summary>ASP.NET Core's own switch (ASPNETCORE_FORWARDEDHEADERS_ENABLED), which trusts whoever calls.</summary>
    public const string TrustEverybody = "ForwardedHeaders_Enabled";

    public static void Add(IConfigurationBuilder configuration) => configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        [TrustEverybody] = "false",
        // Before publishing, static files answer GET at every address there is, so that other methods would be "not allowed"
        // at addresses that don't exist.
        ["DisableStaticAssetNotFoundRuntimeFallback"] = "true",
    });

    /// <summary>Whether another source says that a switch is on.</summary>
    public static bool IsRequested(this IConfiguration configuration, string name) =>
        configuration is IConfigurationRoot root
        && root.Providers.Any(provider => provider.TryGet(name, out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
}
