using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using PostmanDashboard.Shell;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Gives mails to the SMTP server of <c>Mail:Smtp</c>, through MailKit.</summary>
public sealed class SmtpMailTransport(SmtpConnections connections, IOptions<MailOptions> options) : IMailTransport
{
    private const int FirstPermanentCode = 500;

    public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
    {
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // MailKit's time-out is for each answer; this one is for all of them together.
        impatience.CancelAfter(options.Value.Smtp.Timeout);
        SmtpClient? client = null;
        try
        {
            client = await connections.TakeAsync(impatience.Token);
            await client.SendAsync(message, Sender(message), [new MailboxAddress("", recipient)], impatience.Token);
            connections.Return(client);
            return new MailDelivery.Accepted();
        }
        catch (SmtpCommandException refusal)
        {
            var code = (int)refusal.StatusCode;
            var answer = $"{code} {refusal.Message}";
            if (client is null)
            {
                // A greeting or a login that was refused says nothing about this mail, and may be set right.
                return new MailDelivery.Refused(answer, IsFinal: false, code);
            }

            // A refusal is part of the conversation, which goes on with the next mail.
            connections.Return(client);
            return new MailDelivery.Refused(answer, code >= FirstPermanentCode, code);
        }
        catch (Exception failure) when (IsTemporary(failure, cancellationToken))
        {
            client?.Dispose();
            return new MailDelivery.Refused($"{options.Value.Smtp.Host}: {Describe(failure)}", IsFinal: false);
        }
    }

    private static MailboxAddress Sender(MimeMessage message) => message.Sender ?? message.From.Mailboxes.First();

    private string Describe(Exception failure) =>
        failure is OperationCanceledException or TimeoutException ? $"no answer within {Words.Count((int)options.Value.Smtp.Timeout.TotalSeconds, "second")}" : failure.Message;

    /// <summary>What may pass by itself or once the operator has set something right: no connection, no TLS, no login, no answer.</summary>
    private static bool IsTemporary(Exception failure, CancellationToken cancellationToken) => failure
        is SocketException or IOException or TimeoutException or ProtocolException or AuthenticationException or SslHandshakeException
        or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
