using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Gives mails to the SMTP server of <c>Mail:Smtp</c>, through MailKit.</summary>
public sealed class SmtpMailTransport(IOptions<MailOptions> options) : IMailTransport
{
    private const int FirstPermanentCode = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<MailDelivery> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // MailKit's own time-out is for each answer; this one is for all of them together.
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        impatience.CancelAfter(Patience * 2);
        try
        {
            using var client = await ConnectAsync(impatience.Token);
            await client.SendAsync(message, impatience.Token);
            // The mail is taken; how the server says goodbye changes nothing.
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return new MailDelivery.Accepted();
        }
        catch (SmtpCommandException refusal)
        {
            return new MailDelivery.Refused($"{(int)refusal.StatusCode} {refusal.Message}", (int)refusal.StatusCode >= FirstPermanentCode);
        }
        catch (Exception failure) when (IsTemporary(failure, cancellationToken))
        {
            return new MailDelivery.Refused($"{options.Value.Smtp.Host}: {failure.Message}", IsFinal: false);
        }
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        // Revocation lists of an agency's own authority can seldom be fetched from inside; without this every mail would wait for them.
        var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };
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

    /// <summary>What may pass by itself or once the operator has set something right: no connection, no TLS, no login, no answer.</summary>
    private static bool IsTemporary(Exception failure, CancellationToken cancellationToken) => failure
        is SocketException or IOException or TimeoutException or ProtocolException or AuthenticationException or SslHandshakeException
        or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
