using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>
/// Python's aiosmtpd in a process of its own (smtp_server.py): a second opinion on what <see cref="TestSmtpServer"/> takes for SMTP, as it
/// shares no code with that or with the program. A process for each costs time, so each kind of mail and of answer has one test here, and
/// what a single test needs (hanging up, answering late, refusing a client's name) is only here.
/// </summary>
public sealed class IndependentSmtpServer : ReceivingServer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process = new();
    private readonly Channel<bool> acknowledgements = Channel.CreateUnbounded<bool>();
    private Task reading = Task.CompletedTask;

    private IndependentSmtpServer()
    {
    }

    /// <param name="user">When given, mail is refused until the client has signed in with it and <paramref name="password"/>.</param>
    public static async Task<IndependentSmtpServer> StartAsync(SmtpSecurity security = SmtpSecurity.None, string? user = null, string? password = null)
    {
        var server = new IndependentSmtpServer();
        try
        {
            await server.StartProcessAsync(security, user, password);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <param name="answer">A reply of RFC 5321, such as <c>550 5.1.1 No such mailbox</c>.</param>
    public Task RefuseAsync(string recipient, string answer) => SendCommandAsync(new { refuse = recipient, answer });

    /// <summary>Takes the next mail, and hangs up instead of saying so.</summary>
    public Task DropNextAsync() => SendCommandAsync(new { drop = true });

    /// <summary>How long the server takes from now on to answer a mail that it has taken already.</summary>
    public Task AnswerLateAsync(TimeSpan delay) => SendCommandAsync(new { late = delay.TotalSeconds });

    /// <param name="answer">The answer to a name (EHLO, HELO) without a full stop. Null takes every name again.</param>
    public Task RefuseShortNamesAsync(string? answer) => SendCommandAsync(new { refuseName = answer });

    /// <summary>Answers 421 to further mails over one connection.</summary>
    public Task LimitConnectionsAsync(int mails) => SendCommandAsync(new { perConnection = mails });

    protected override async Task StopAsync()
    {
        await EndProcessAsync();
        process.Dispose();
    }

    private async Task StartProcessAsync(SmtpSecurity security, string? user, string? password)
    {
#pragma warning disable CA1308 // The server's words for it are in lower case.
        var settings = new
        {
            security = security.ToString().ToLowerInvariant(),
            certificate = Certificate.CertificateFile,
            key = Certificate.KeyFile,
            user,
            password,
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
                Record(report.Deserialize<ReceivedMail>(Json)!);
            }
        }

        var ended = new InvalidOperationException("The test's SMTP server has ended.");
        RecordEnd(ended);
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
