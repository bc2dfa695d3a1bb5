using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The built program in a process of its own, as an operator runs it. Settings come by environment variables.</summary>
public sealed class DashboardProcess : IAsyncDisposable
{
    private const string StopSignal = "TERM";

    private readonly Process process;
    private readonly StringBuilder output = new();

    private DashboardProcess(Process process, string address)
    {
        this.process = process;
        Address = address;
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Where it listens, unless a setting says otherwise: <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    public HttpClient Client { get; }

    /// <summary>What it has written so far, to both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>How much memory it holds, in bytes.</summary>
    public long ResidentMemory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits for nothing.</summary>
    /// <param name="settings">By their names in appsettings.json, <c>Display:TimeZone</c>, or as environment variables. They go
    /// before the defaults: Development, a free port.</param>
    public static DashboardProcess Launch(string storage, params (string Name, string Value)[] settings) =>
        Launch(new ProcessStartInfo("dotnet", [Program]), storage, settings);

    /// <summary>Starts it with arguments: a word of its command line, <c>backup FILE</c>.</summary>
    public static DashboardProcess LaunchWith(string storage, string[] arguments, params (string Name, string Value)[] settings) =>
        Launch(new ProcessStartInfo("dotnet", [Program, .. arguments]), storage, settings);

    /// <summary>Starts it where <paramref name="storage"/> is a disk of its own with room for 64 KiB, which it alone sees. Linux only.</summary>
    public static DashboardProcess LaunchOnFullDisk(string storage) => LaunchOnDisk(storage, "64k");

    /// <summary>The same with a disk that has room until a test fills it, with <see cref="RunBesideAsync"/>.</summary>
    public static DashboardProcess LaunchOnSmallDisk(string storage, int megabytes) => LaunchOnDisk(storage, $"{megabytes}m");

    /// <summary>Starts it where nobody can write to <paramref name="storage"/>, not even root.</summary>
    public static DashboardProcess LaunchReadOnly(string storage)
    {
        const string Script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec dotnet \"$1\"";
        return Launch(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", Script, storage, Program]), storage);
    }

    /// <summary>Starts it as a root that other people's files are closed to, as they are to everybody else.</summary>
    public static DashboardProcess LaunchWithoutPrivileges(string storage) =>
        Launch(new ProcessStartInfo("setpriv", ["--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", "dotnet", Program]), storage);

    /// <summary>Starts it as a user whom the machine has no name for, as containers do. The files of root are its own, and
    /// everybody else's are nobody's.</summary>
    public static DashboardProcess LaunchAsUnnamedUser(string storage, int id) =>
        Launch(new ProcessStartInfo("unshare", ["--user", $"--map-user={id}", "dotnet", Program]), storage);

    private static DashboardProcess LaunchOnDisk(string storage, string size)
    {
        const string Script = "mount -t tmpfs -o size=\"$2\" none \"$0\" && exec dotnet \"$1\"";
        return Launch(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", Script, storage, Program, size]), storage);
    }

    private static DashboardProcess Launch(ProcessStartInfo start, string storage, params (string Name, string Value)[] settings)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        start.WorkingDirectory = Path.GetDirectoryName(Program)!;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["Storage__Directory"] = storage;
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var dashboard = new DashboardProcess(new Process { StartInfo = start }, address);
        dashboard.Start();
        return dashboard;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<DashboardProcess> StartAsync(string storage, params (string Name, string Value)[] settings)
    {
        var dashboard = Launch(storage, settings);
        try
        {
            await dashboard.WaitUntilReadyAsync();
            return dashboard;
        }
        catch
        {
            await dashboard.DisposeAsync();
            throw;
        }
    }

    /// <returns>The exit code, once the process has ended by itself and all of its output has been read.</returns>
    public async Task<int> WaitForExitAsync()
    {
        try
        {
            await process.WaitForExitAsync().InTimeAsync();
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The dashboard runs on after {Patience.Limit}. It wrote:\n{Output}");
        }
    }

    public Task WaitForFileAsync(string file) => WaitUntilAsync(() => Task.FromResult(File.Exists(file)));

    /// <summary>Runs a line of the shell where the program sees its files, on its disk of its own.</summary>
    public async Task RunBesideAsync(string line)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("nsenter", ["--target", $"{process.Id}", "--user", "--preserve-credentials", "--mount", "sh", "-c", line])
            {
                RedirectStandardError = true,
            })!;
        await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
    }

    /// <summary>Asks until the answer has this status.</summary>
    /// <returns>Its body.</returns>
    public async Task<string> WaitUntilAsync(string path, HttpStatusCode status)
    {
        var body = "";
        await WaitUntilAsync(
            async () =>
            {
                using var response = await Client.GetAsync(new Uri(path, UriKind.Relative)).ContinueWith(
                    answer => answer.IsCompletedSuccessfully ? answer.Result : null, TaskScheduler.Default);
                body = response is null ? "" : await response.Content.ReadAsStringAsync();
                return response?.StatusCode == status;
            },
            $"{path} never answered {status}.");
        return body;
    }

    /// <summary>Waits until it has written these words.</summary>
    public Task WaitForOutputAsync(string words) => WaitUntilAsync(() => Task.FromResult(Output.Contains(words, StringComparison.Ordinal)));

    /// <summary>Asks the test until it says yes.</summary>
    public Task WaitUntilAsync(Func<Task<bool>> isSo) => WaitUntilAsync(isSo, "What was waited for didn't happen.");

    private Task WaitUntilAsync(Func<Task<bool>> isSo, string problem) =>
        Patience.UntilAsync(isSo, () => $"{problem} The dashboard wrote:\n{Output}", () => process.HasExited);

    /// <summary>Asks it to stop, like systemd and Docker do (SIGTERM).</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        // The shell's own: not every machine has the program.
        using var kill = Process.Start("sh", ["-c", $"kill -s {StopSignal} {process.Id}"]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    /// <summary>Ends it at once, like a power cut (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        Client.Dispose();
        process.Dispose();
    }

    /// <returns>A port that was free a moment ago.</returns>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Program => BuildPaths.Find("DashboardProgram");

    private void Start()
    {
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            if (line.Data is not null)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    /// <summary>Comes back when it answers.</summary>
    /// <exception cref="TimeoutException">It ended, or never answered.</exception>
    public Task WaitUntilReadyAsync() => WaitUntilAsync(AnswersAsync, $"The dashboard doesn't answer at {Address}.");

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Client.GetAsync(new Uri("/health", UriKind.Relative));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
