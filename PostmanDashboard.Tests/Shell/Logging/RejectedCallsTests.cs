using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Shell.Logging;

/// <summary>What calls that are rejected leave in the log of the real program.</summary>
public sealed class RejectedCallsTests(ProductionProcess production) : IClassFixture<ProductionProcess>
{
    [Fact]
    public async Task A_hundred_rejected_calls_are_a_line_for_each_reason_and_a_count()
    {
        foreach (var header in (string[])["", "Authorization: Bearer nonsense\r\n"])
        {
            for (var call = 0; call < 50; call++)
            {
                await RawConnection.SendAsync(
                    new Uri(production.Dashboard.Address),
                        $"GET /v1/api-keys/current HTTP/1.1\r\nHost: {ProductionProcess.Host}\r\n{header}Connection: close\r\n\r\n");
            }
        }

        await production.Dashboard.StopAsync();

        var output = production.Dashboard.Output;
        var lines = output.Split('\n').Where(line => line.Contains("Rejected a call", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, lines.Count);
        Assert.Equal(2, lines.Count(line => line.Contains("(49 more in the last minute)", StringComparison.Ordinal)));
        Assert.DoesNotContain("was challenged", output, StringComparison.Ordinal);
    }
}
