using System.Diagnostics;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Gives mails to the SMTP server of <c>Mail:Smtp</c>, through MailKit.</summary>
public sealed class SmtpMailTransport(SmtpConnections connections, MailServer server, IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var delivery = await TrySendAsync(message, recipient, fresh: false, cancellationToken)
            ?? await TrySendAsync(message, recipient, fresh: true, cancellationToken)
            ?? throw new UnreachableException();
        server.Observe(delivery, begun);
        return delivery;
    }

    /// <returns>Null when the server has had enough of a connection that was kept, and a fresh one is to be tried.</returns>
    private async Task<MailDelivery?> TrySendAsync(MimeMessage message, string recipient, bool fresh, CancellationToken cancellationToken)
    {
        using var patience = new SmtpTimeouts(options.Value.Smtp, cancellationToken);
        SmtpConnection? connection = null;
        try
        {
            connection = await connections.RentAsync(fresh, patience.Token);
            await connection.Client.SendAsync(message, Sender(message), [new MailboxAddress("", recipient)], patience.Token, patience);
            connections.Return(connection);
            return new MailDelivery.Accepted();
        }
        catch (SmtpCommandException refusal) when ((int)refusal.StatusCode == SmtpRefusals.NotAvailable)
        {
            connection?.Dispose();
            return connection is { IsKept: true } ? null : SmtpRefusals.Read(refusal, isConnected: connection is not null);
        }
        catch (SmtpCommandException refusal)
        {
            if (connection is not null)
            {
                // A refusal is part of the conversation, which continues with the next mail.
                connections.Return(connection);
            }

            return SmtpRefusals.Read(refusal, isConnected: connection is not null);
        }
        catch (Exception failure) when (patience.MailIsOut ? IsOfTheConnection(failure) : IsTemporary(failure, cancellationToken))
        {
            connection?.Dispose();
            return patience.MailIsOut ? Unanswered(failure, cancellationToken)
                : connection is { IsKept: true } && !IsSilence(failure) ? null
                : new MailDelivery.Refused(
                    $"{options.Value.Smtp.Host}: {Describe(failure, options.Value.Smtp.Timeout)}", IsFinal: false, Cause: RefusalCause.Server);
        }
    }

    private MailDelivery.Refused Unanswered(Exception failure, CancellationToken cancellationToken)
    {
        var why = cancellationToken.IsCancellationRequested ? "nobody waited for its answer" : Describe(failure, options.Value.Smtp.AnswerTimeout);
        return new MailDelivery.Refused(
            $"It may have arrived: {options.Value.Smtp.Host} received all of it, and then: {why}", IsFinal: false, Cause: RefusalCause.Unanswered);
    }

    private static MailboxAddress Sender(MimeMessage message) => message.Sender ?? message.From.Mailboxes.First();

    private static string Describe(Exception failure, TimeSpan timeout) =>
        IsSilence(failure) ? $"no answer within {Quantity.Format((int)timeout.TotalSeconds, "second")}" : failure.Message;

    private static bool IsSilence(Exception failure) => failure is OperationCanceledException or TimeoutException;

    /// <summary>What may pass by itself or once the operator has set something right: no connection, no TLS, no login, no answer.</summary>
    private static bool IsTemporary(Exception failure, CancellationToken cancellationToken) => failure
        is not OperationCanceledException ? IsOfTheConnection(failure) : !cancellationToken.IsCancellationRequested;

    private static bool IsOfTheConnection(Exception failure) => failure
        is SocketException or IOException or TimeoutException or ProtocolException or AuthenticationException or SslHandshakeException
        or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or OperationCanceledException;
}
