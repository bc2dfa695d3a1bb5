using System.Diagnostics;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Http;

/// <summary>Runs an example of the guide as a reader would: saved into a folder of its own, with the key in the environment.</summary>
public sealed class SnippetRunner : IDisposable
{
    // The first C# program of a machine takes its time.

    private readonly TemporaryFolder folder = new();

    /// <summary>Where it runs.</summary>
    public string Folder => folder.Path;

    public Dictionary<string, string> Environment { get; } = [];

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string> RunAsync(string language, string text)
    {
        var (program, arguments) = language switch
        {
            "sh" => ("sh", ["-c", text]),
            "js" => (TestTools.Find(Needs.Node), [Save("hello.mjs", text)]),
            "python" => (TestTools.Find(Needs.Python), [Save("hello.py", text)]),
            "csharp" => ("dotnet", (string[])["run", Save("hello.cs", text)]),
            _ => throw new InvalidOperationException($"Nobody knows how to run “{language}”."),
        };
        return await RunAsync(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> RunAsync(ProcessStartInfo start)
    {
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().InTimeAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"It ended with {process.ExitCode} and wrote:\n{await output}\n{await errors}");
    }

    private string Save(string name, string text)
    {
        var modules = Path.Combine(Folder, "node_modules");
        // Also where the packages aren't there, and the link leads nowhere: only examples for Node.js need them.
        if (new DirectoryInfo(modules).LinkTarget is null)
        {
            Directory.CreateSymbolicLink(modules, Path.Combine(BuildPaths.Find("Client"), "node_modules"));
        }

        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
