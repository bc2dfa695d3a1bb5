using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys.Bearer;

namespace PostmanDashboard.Benchmarks.ApiKeys;

/// <summary>What it costs to decide whether a token opens anything, beside a look-up a call and the hash that products with passwords use.</summary>
[MemoryDiagnoser]
public class CheckBenchmarks
{
    /// <summary>That of the product which this one replaces.</summary>
    private const int BcryptCost = 10;

    private BenchmarkDashboard dashboard = null!;
    private ApiKeyVerifier verifier = null!;
    private string used = "";
    private string unused = "";
    private string mistyped = "";
    private string bcryptHash = "";

    [GlobalSetup]
    public async Task StartAsync()
    {
        dashboard = await BenchmarkDashboard.StartAsync();
        verifier = dashboard.Services.GetRequiredService<ApiKeyVerifier>();
        (used, unused) = (dashboard.Token, (await dashboard.IssueAsync("Never called with")).Token.Plaintext);
        mistyped = used[..^1] + (used[^1] == 'a' ? 'b' : 'a');
        bcryptHash = BCrypt.Net.BCrypt.HashPassword(used, BcryptCost);
    }

    [GlobalCleanup]
    public ValueTask EndAsync() => dashboard.DisposeAsync();

    [Benchmark(Description = "A key in use")]
    public ValueTask<ApiKeyVerification> InUseAsync() => verifier.VerifyAsync(used, demand: default, CancellationToken.None);

    /// <summary>A key is remembered from its first call on, so one that was never called with is looked up each time.</summary>
    [Benchmark(Baseline = true, Description = "A look-up a call")]
    public ValueTask<ApiKeyVerification> LookedUpAsync() => verifier.VerifyWithoutUseAsync(unused, demand: default, CancellationToken.None);

    [Benchmark(Description = "A wrong checksum")]
    public ValueTask<ApiKeyVerification> MistypedAsync() => verifier.VerifyAsync(mistyped, demand: default, CancellationToken.None);

    [Benchmark(Description = "bcrypt, cost 10")]
    public bool Bcrypt() => BCrypt.Net.BCrypt.Verify(used, bcryptHash);
}
