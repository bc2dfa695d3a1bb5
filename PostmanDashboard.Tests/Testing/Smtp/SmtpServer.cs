using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A real SMTP server in a process of its own (smtp_server.py), on a free port of 127.0.0.1, that misbehaves when told to.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string Host = "127.0.0.1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly Channel<ReceivedMail> mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly Channel<bool> acknowledgements = Channel.CreateUnbounded<bool>();
    private Task reading = Task.CompletedTask;

    private SmtpServer(Process process) => this.process = process;

    public int Port { get; private set; }

    /// <summary>What the server shows when it is asked for TLS.</summary>
    public SmtpCertificate Certificate { get; } = new();

    /// <param name="user">When given, mail is refused until the client has signed in with it and <paramref name="password"/>.</param>
    /// <param name="port">0: any that is free.</param>
    public static async Task<SmtpServer> StartAsync(SmtpSecurity security = SmtpSecurity.None, string? user = null, string? password = null, int port = 0)
    {
        var server = new SmtpServer(new Process());
        try
        {
            await server.StartProcessAsync(security, user, password, port);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next mail in the order of arrival. Waits for it.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<ReceivedMail> NextAsync() =>
        await mails.Reader.ReadAsync().AsTask().InTimeAsync();

    /// <summary>True while no mail waits for <see cref="NextAsync"/>.</summary>
    public bool IsEmpty => mails.Reader.Count == 0;

    /// <param name="answer">A reply of RFC 5321, such as <c>550 5.1.1 No such mailbox</c>.</param>
    /// <param name="times">How often, before the recipient is accepted again. Null: always.</param>
    public Task RefuseAsync(string recipient, string answer, int? times = null) => SendCommandAsync(new { refuse = recipient, answer, times });

    /// <param name="answer">The answer to every MAIL FROM. Null accepts mail again.</param>
    public Task RefuseAllAsync(string? answer) => SendCommandAsync(new { refuseAll = answer });

    /// <summary>Takes the next mail, and hangs up instead of saying so.</summary>
    public Task DropNextAsync() => SendCommandAsync(new { drop = true });

    /// <summary>How long the server takes from now on to answer a mail's content.</summary>
    public Task AnswerAfterAsync(TimeSpan delay) => SendCommandAsync(new { delay = delay.TotalSeconds });

    /// <summary>How long the server takes from now on to answer a mail that it has taken already.</summary>
    public Task AnswerLateAsync(TimeSpan delay) => SendCommandAsync(new { late = delay.TotalSeconds });

    /// <summary>Takes mails, and leaves them without an answer until <see cref="ReleaseAnswersAsync"/>.</summary>
    public Task HoldAnswersAsync() => SendCommandAsync(new { hold = true });

    public Task ReleaseAnswersAsync() => SendCommandAsync(new { hold = false });

    /// <param name="answer">The answer to a name (EHLO, HELO) without a full stop. Null takes every name again.</param>
    public Task RefuseShortNamesAsync(string? answer) => SendCommandAsync(new { refuseName = answer });

    /// <summary>Answers 421 to further mails over one connection.</summary>
    public Task LimitConnectionsAsync(int mails) => SendCommandAsync(new { perConnection = mails });

    public async ValueTask DisposeAsync()
    {
        await EndProcessAsync();
        process.Dispose();
        Certificate.Dispose();
    }

    private async Task StartProcessAsync(SmtpSecurity security, string? user, string? password, int port)
    {
#pragma warning disable CA1308 // The server's words for it are in lower case.
        var settings = new
        {
            security = security.ToString().ToLowerInvariant(),
            certificate = Certificate.CertificateFile,
            key = Certificate.KeyFile,
            user,
            password,
            port,
        };
#pragma warning restore CA1308
        process.StartInfo = new ProcessStartInfo(
            TestTools.Find(Needs.MailServer), [Path.Combine(AppContext.BaseDirectory, "Testing", "smtp_server.py"), JsonSerializer.Serialize(settings)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        process.Start();

        var first = await process.StandardOutput.ReadLineAsync().InTimeAsync()
            ?? throw new InvalidOperationException("The test's SMTP server ended before it listened.");
        Port = JsonDocument.Parse(first).RootElement.GetProperty("port").GetInt32();
        reading = ReadReportsAsync();
    }

    private async Task ReadReportsAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var report = JsonDocument.Parse(line);
            if (report.RootElement.TryGetProperty("done", out _))
            {
                acknowledgements.Writer.TryWrite(true);
            }
            else
            {
                mails.Writer.TryWrite(report.Deserialize<ReceivedMail>(Json)!);
            }
        }

        var ended = new InvalidOperationException("The test's SMTP server has ended.");
        mails.Writer.TryComplete(ended);
        acknowledgements.Writer.TryComplete(ended);
    }

    private async Task SendCommandAsync(object command)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));
        await process.StandardInput.FlushAsync();
        await acknowledgements.Reader.ReadAsync().AsTask().InTimeAsync();
    }

    private async Task EndProcessAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().InTimeAsync();
            await reading;
        }
        catch (TimeoutException)
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }
    }
}
