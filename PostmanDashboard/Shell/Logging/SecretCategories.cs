namespace PostmanDashboard.Shell.Logging;

/// <summary>
/// Keeps the parts of the framework quiet that write secrets into the log at its finest levels: whatever the settings say, nothing finer
/// than Information is logged of them.
/// </summary>
internal static class SecretCategories
{
    private static readonly string[] All =
    [
        // The keys that protect cookies, as they are read from the database.
        "Microsoft.AspNetCore.DataProtection",
        // The first line of a request that is no request, and with it the secret of a calendar's address.
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
    ];

    /// <summary>Wraps every rule, because of all that fit a category only the most exact one counts.</summary>
    public static void Silence(LoggerFilterOptions options)
    {
        var rules = options.Rules.Select(Silenced).ToList();
        // For what no rule fits.
        rules.Insert(0, new LoggerFilterRule(null, null, options.MinLevel, IsHarmless));
        options.Rules.Clear();
        rules.ForEach(options.Rules.Add);
    }

    private static LoggerFilterRule Silenced(LoggerFilterRule rule) => new(
        rule.ProviderName,
        rule.CategoryName,
        rule.LogLevel,
        (provider, category, level) => IsHarmless(provider, category, level) && rule.Filter?.Invoke(provider, category, level) != false);

    private static bool IsHarmless(string? provider, string? category, LogLevel level) =>
        level >= LogLevel.Information || !All.Any(secret => category?.StartsWith(secret, StringComparison.OrdinalIgnoreCase) == true);
}
