using Microsoft.Data.Sqlite;

namespace PostmanDashboard.Benchmarks;

/// <summary>A data folder of its own for a dashboard in a process of its own.</summary>
internal sealed class BenchmarkStorage : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("postman-benchmarks-").FullName;

    public string DatabaseFile => System.IO.Path.Combine(Path, "postman.db");

    /// <summary>Makes the database, with one account that holds one key.</summary>
    /// <returns>The key's token.</returns>
    public async Task<string> FillAsync()
    {
        await using var dashboard = await BenchmarkDashboard.StartInAsync(Path);
        return dashboard.Token;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
