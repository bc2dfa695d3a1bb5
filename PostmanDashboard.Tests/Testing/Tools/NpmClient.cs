using System.Diagnostics;
using System.Text.Json;

namespace PostmanDashboard.Tests.Testing.Tools;

/// <summary>The npm client that users of Postman have (Client/client.mjs), in a process of its own.</summary>
public sealed class NpmClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly string basePath;

    private NpmClient(Process process, Uri address)
    {
        this.process = process;
        basePath = new Uri(address, "/v1").ToString();
    }

    /// <summary>What came of a call.</summary>
    /// <param name="Status">Null when there was no answer.</param>
    /// <param name="Data">The body of the answer.</param>
    /// <param name="Failure">What the client threw. Null when it threw nothing.</param>
    public sealed record Answer(int? Status, JsonElement Data, string? Failure)
    {
        public string? Code => Text("code");

        public string? Text(string member) => Data.ValueKind is JsonValueKind.Object && Data.TryGetProperty(member, out var value) ? value.ToString() : null;
    }

    /// <param name="address">Where the dashboard listens.</param>
    public static NpmClient Start(Uri address) => new(
        Process.Start(new ProcessStartInfo(TestTools.Find(Needs.Node), ["client.mjs"])
        {
            WorkingDirectory = BuildPaths.Find("Client"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!,
        address);

    /// <param name="call">A method of <c>EmailApi</c>.</param>
    /// <param name="arguments">Null for one that is left out.</param>
    public Task<Answer> CallAsync(string? key, string call, params object?[] arguments) => AskAsync(new { basePath, key, call, arguments });

    /// <summary>Sends by nodemailer, with the transport of Postman's client.</summary>
    /// <param name="mail">What nodemailer's <c>sendMail</c> takes.</param>
    public Task<Answer> SendMailAsync(string key, object mail) => AskAsync(new { basePath, key, mail });

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().InTimeAsync();
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task<Answer> AskAsync(object command)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync().InTimeAsync()
            ?? throw new InvalidOperationException("The npm client has ended. Its output says why.");
        return JsonSerializer.Deserialize<Answer>(line, Json)!;
    }
}
