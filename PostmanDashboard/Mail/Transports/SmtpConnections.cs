using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Connections to the SMTP server, kept a while after a mail for the next one: greeting, TLS and login cost more than most mails.</summary>
public sealed class SmtpConnections(IOptions<MailOptions> options, TimeProvider clock) : IDisposable
{
    // Servers hang up on the idle after some minutes (RFC 5321, 4.5.3.2.7 asks for five); this is well before.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // One that carried a mail just now isn't asked whether it is still there: that would cost a round trip for each mail. If the server has
    // hung up all the same, the mail goes over a fresh one.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentStack<(SmtpClient Client, long IdleSince)> idle = new();

    /// <summary>A connection of the caller's own, to be given back with <see cref="Return"/> while it is good, and disposed of otherwise.</summary>
    /// <param name="fresh">Whether it must be a new one.</param>
    public async Task<SmtpConnection> RentAsync(bool fresh, CancellationToken cancellationToken)
    {
        while (!fresh && idle.TryPop(out var kept))
        {
            var idleFor = clock.GetElapsedTime(kept.IdleSince);
            if (idleFor < FreshFor || (idleFor < KeptFor && await AnswersAsync(kept.Client, cancellationToken)))
            {
                return new SmtpConnection(kept.Client, IsKept: true);
            }

            kept.Client.Dispose();
        }

        return new SmtpConnection(await ConnectAsync(cancellationToken), IsKept: false);
    }

    public void Return(SmtpConnection connection)
    {
        var client = connection.Client;
        if (client.IsConnected && idle.Count < options.Value.Smtp.Connections)
        {
            idle.Push((client, clock.GetTimestamp()));
        }
        else
        {
            client.Dispose();
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var kept))
        {
            kept.Client.Dispose();
        }
    }

    private static async Task<bool> AnswersAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The server hung up in the meantime, which is its right.
            return false;
        }
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        // Revocation lists of an agency's own authority can seldom be fetched from inside; without this every mail would wait for them.
        // MailKit's time-out is for each read of the stream, so it is the longest; SmtpTimeouts ends the others earlier.
        var client = new SmtpClient { Timeout = (int)smtp.AnswerTimeout.TotalMilliseconds, CheckCertificateRevocation = false };
        if (!string.IsNullOrEmpty(smtp.HeloName))
        {
            client.LocalDomain = smtp.HeloName;
        }

        try
        {
            await client.ConnectAsync(smtp.Host!, smtp.Port, SocketOptions(smtp.Security), cancellationToken);
            if (!string.IsNullOrEmpty(smtp.User))
            {
                await client.AuthenticateAsync(smtp.User, smtp.Password!, cancellationToken);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions SocketOptions(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, null),
    };
}
