using System.Collections.Concurrent;
using System.Threading.Channels;
using MimeKit;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>Keeps what was sent, and refuses when it is told to.</summary>
public sealed class RecordingTransport : IMailTransport
{

    private readonly ConcurrentQueue<MimeMessage> sent = new();
    private readonly ConcurrentQueue<string> envelopes = new();
    private readonly Channel<MimeMessage> arrivals = Channel.CreateUnbounded<MimeMessage>();
    private readonly ConcurrentDictionary<string, MailDelivery.Refused> refusals = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<MimeMessage> Sent => [.. sent];

    /// <summary>The addresses on the envelopes of what was sent.</summary>
    public IReadOnlyList<string> Envelopes => [.. envelopes];

    /// <summary>The next mail in the order of sending. Waits for it.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public Task<MimeMessage> NextAsync() => arrivals.Reader.ReadAsync().AsTask().InTimeAsync();

    /// <summary>The answer to every mail from now on. Null accepts them.</summary>
    public MailDelivery.Refused? Refusal { get; set; }

    public IReadOnlyList<MimeMessage> To(string address) =>
        [.. sent.Where(message => message.To.Mailboxes.Any(mailbox => mailbox.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The answer to every mail to one address from now on. Null accepts them.</summary>
    public void Refuse(string address, MailDelivery.Refused? refusal)
    {
        if (refusal is null)
        {
            refusals.TryRemove(address, out _);
        }
        else
        {
            refusals[address] = refusal;
        }
    }

    public Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
    {
        if ((Refusal ?? refusals.GetValueOrDefault(recipient)) is { } refusal)
        {
            return Task.FromResult<MailDelivery>(refusal);
        }

        sent.Enqueue(message);
        envelopes.Enqueue(recipient);
        arrivals.Writer.TryWrite(message);
        return Task.FromResult<MailDelivery>(new MailDelivery.Accepted());
    }
}
