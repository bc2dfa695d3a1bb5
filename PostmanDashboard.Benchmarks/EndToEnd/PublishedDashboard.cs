using System.Diagnostics;

namespace PostmanDashboard.Benchmarks.EndToEnd;

/// <summary>The program as operators get it, outside Development, on a folder of its own.</summary>
internal static class PublishedDashboard
{
    /// <summary>The host that it serves, whatever it listens to.</summary>
    public const string Host = "postman.example";

    private const string Assembly = "PostmanDashboard.dll";

    /// <summary>Publishes it, unless there is one already.</summary>
    /// <returns>The folder.</returns>
    public static async Task<string> GetAsync(string? folder)
    {
        if (folder is not null)
        {
            return File.Exists(Path.Combine(folder, Assembly)) ? folder : throw new BenchmarkFailedException($"There is no {Assembly} in {folder}.");
        }

        var target = Path.Combine(Path.GetTempPath(), $"postman-published-{Environment.ProcessId}");
        Console.WriteLine($"Publishing to {target} …");
        var project = Path.Combine(Repository(), "PostmanDashboard");
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", ["publish", project, "-c", "Release", "-o", target, "--nologo", "-v", "quiet"]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? target : throw new BenchmarkFailedException($"It can't be published:\n{said}");
    }

    public static Task<ServerProcess> StartAsync(string folder, string storage, params (string Name, string Value)[] settings) => ServerProcess.StartAsync(
        [Path.Combine(folder, Assembly)],
        "/health/live",
        [
            ("Storage:Directory", storage),
            ("Public:BaseUrl", $"https://{Host}"),
            // Nothing listens there, and nothing is sent.
            ("Mail:Smtp:Host", "127.0.0.1"),
            ("Mail:Smtp:Port", "9"),
            ("Mail:Smtp:Security", "None"),
            .. settings,
        ]);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PostmanDashboard.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new BenchmarkFailedException("The repository isn't above this program. Name a published dashboard with --program.");
    }
}
