namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>A folder of a test's own, gone when the test is.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("postman-dashboard-").FullName;

    /// <summary>Safe to call twice, as WebApplicationFactory does to what it owns.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
