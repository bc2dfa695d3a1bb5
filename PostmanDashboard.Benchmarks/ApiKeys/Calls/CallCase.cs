namespace PostmanDashboard.Benchmarks.ApiKeys.Calls;

/// <summary>One kind of call.</summary>
/// <param name="IsAllowed">Whether it is answered with 200, or refused.</param>
/// <param name="Connections">Fewer where a call takes so long that none would be answered within a turn.</param>
internal sealed record CallCase(string Name, Uri Address, string? Token, bool IsAllowed = true, int Connections = 32)
{
    public IEnumerable<string> Headers(string host) =>
        new[] { $"Host: {host}", "User-Agent: benchmark/1.0" }.Concat(Token is null ? [] : [$"Authorization: Bearer {Token}"]);
}
