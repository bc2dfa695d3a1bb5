using System.Threading.Channels;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A real SMTP server of a test, on a port of 127.0.0.1, that hands over what it received.</summary>
public abstract class ReceivingServer : IAsyncDisposable
{
    public const string Host = "127.0.0.1";

    private readonly Channel<ReceivedMail> mails = Channel.CreateUnbounded<ReceivedMail>();

    public int Port { get; protected set; }

    /// <summary>What the server shows when it is asked for TLS.</summary>
    public SmtpCertificate Certificate { get; } = new();

    /// <summary>True while no mail waits for <see cref="NextAsync()"/>.</summary>
    public bool IsEmpty => mails.Reader.Count == 0;

    /// <summary>The next mail in the order of arrival. Waits for it.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<ReceivedMail> NextAsync() => await mails.Reader.ReadAsync().AsTask().InTimeAsync();

    public async Task<IReadOnlyList<ReceivedMail>> NextAsync(int count)
    {
        var received = new List<ReceivedMail>();
        while (received.Count < count)
        {
            received.Add(await NextAsync());
        }

        return received;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Certificate.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task StopAsync();

    protected void Record(ReceivedMail mail) => mails.Writer.TryWrite(mail);

    /// <summary>Whoever waits for a mail is told that none will come.</summary>
    protected void RecordEnd(Exception reason) => mails.Writer.TryComplete(reason);
}
