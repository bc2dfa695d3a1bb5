using System.Diagnostics;

namespace PostmanDashboard.Benchmarks.EndToEnd.Weight;

/// <summary>What <c>dotnet new blazor --auth Individual</c> makes, published: a dashboard that can do nothing yet.</summary>
internal sealed class BlazorTemplate : IDisposable
{
    private const string Name = "BlazorTemplate";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("postman-template-");

    private BlazorTemplate()
    {
    }

    public static async Task<BlazorTemplate> PublishAsync()
    {
        var template = new BlazorTemplate();
        Console.WriteLine("Publishing Microsoft's Blazor template …");
        await template.RunAsync("new", "blazor", "--interactivity", "Server", "--auth", "Individual", "--name", Name, "--output", ".");
        await template.RunAsync("publish", "-c", "Release", "-o", "published", "--nologo", "-v", "quiet");
        return template;
    }

    public Task<ServerProcess> StartAsync() => ServerProcess.StartAsync([Path.Combine(folder.FullName, "published", $"{Name}.dll")], "/");

    public void Dispose() => folder.Delete(recursive: true);

    private async Task RunAsync(params string[] arguments)
    {
        using var dotnet = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true })!;
        var said = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        if (dotnet.ExitCode != 0)
        {
            throw new BenchmarkFailedException($"The template can't be made:\n{said}");
        }
    }
}
