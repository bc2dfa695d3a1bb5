using Microsoft.Extensions.Options;
using MimeKit;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Sends what the outbox holds. Safe to run at any time, twice, and on two machines at once.</summary>
/// <remarks>
/// A mail is sent and then marked. Whoever dies in between repeats one mail for each sender, under the same Message-ID; the other
/// order would lose it.
/// </remarks>
public sealed class MailDispatch(
    Outbox outbox,
    MailLeases leases,
    IMailTransport transport,
    MailSender sender,
    IEnumerable<IMailComposer> composers,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<MailDispatch> logger) : IDisposable
{
    public const string JobId = "mail";

    /// <summary>While one sender waits for the disk to mark its mail, the other uses the connection: it waits for neither.</summary>
    private const int SendersPerConnection = 2;

    /// <summary>How long a mail may still take once the process is to end. Shorter than the host waits.</summary>
    private static readonly TimeSpan LastCall = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim senders = new(SendersPerConnection * options.Value.Smtp.Connections);
    private readonly SemaphoreSlim connections = new(options.Value.Smtp.Connections);

    /// <summary>How many mails can be in our hands at a time.</summary>
    public int Senders { get; } = SendersPerConnection * options.Value.Smtp.Connections;

    /// <summary>
    /// Sends until nothing is due, with all senders that rest; the others do so already. Cancelling it takes no new mail, and lets those
    /// that are being sent come to their end.
    /// </summary>
    public async Task RunIdleSendersAsync(CancellationToken cancellationToken)
    {
        var sending = new List<Task>();
        while (await senders.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            sending.Add(SendAndReleaseAsync(cancellationToken));
        }

        await Task.WhenAll(sending);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>As <see cref="RunIdleSendersAsync"/>, with one sender, once one rests.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await senders.WaitAsync(cancellationToken);
        await SendAndReleaseAsync(cancellationToken);
    }

    public void Dispose()
    {
        senders.Dispose();
        connections.Dispose();
    }

    private async Task SendAndReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            // SQLite keeps its caller waiting, and so the others that the caller starts.
            await Task.Run(() => SendUntilNothingIsDueAsync(cancellationToken), CancellationToken.None);
        }
        finally
        {
            senders.Release();
        }
    }

    private async Task SendUntilNothingIsDueAsync(CancellationToken cancellationToken)
    {
        DeliveryAttempt? tried = null;
        // At shutdown, the current mail is finished, but without the ten minutes that a server may take.
        using var patience = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => patience.CancelAfter(LastCall));
        // Each is marked in the commit that takes the next one.
        while (await leases.ExchangeAsync(tried, takesNext: !cancellationToken.IsCancellationRequested) is { } lease)
        {
            if (tried is null)
            {
                // Where there is one there may be more, for a sender that rests.
                outbox.Wake();
            }

            tried = await DeliverAsync(lease, patience.Token);
        }
    }

    /// <summary>Sends a mail, and keeps it from everyone else meanwhile.</summary>
    /// <returns>Null when the mail is not to be sent any more.</returns>
    private async Task<DeliveryAttempt?> DeliverAsync(MailLease lease, CancellationToken cancellationToken)
    {
        var renewal = new LeaseRenewal(leases, lease, options.Value.LeaseFor / 3, clock, logger);
        MailDelivery? delivery;
        await using (renewal)
        {
            delivery = await DeliverAsync(renewal, cancellationToken);
        }

        return delivery is null ? null : new DeliveryAttempt(renewal.Lease, delivery);
    }

    /// <returns>Null when the mail is not to be sent any more.</returns>
    private async Task<MailDelivery?> DeliverAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        var lease = renewal.Lease;
        if (lease.GivenUpFor is { } reason)
        {
            return new MailDelivery.Refused(reason, IsFinal: false, Cause: RefusalCause.Server);
        }

        if (lease.Mail.MessageId is null && EmailAddress.TryParseRecipient(lease.Mail.Recipient, out var to) && to.IsRoute)
        {
            // A contact or an account from before such addresses were refused.
            return new MailDelivery.Refused(
                "The address may be one that mail servers send on elsewhere (with % or !), so it gets no mail from Postman.", IsFinal: true);
        }

        try
        {
            if (await ComposeAsync(lease.Mail, cancellationToken) is not { } message)
            {
                return null;
            }

            await connections.WaitAsync(cancellationToken);
            try
            {
                return await IsStillDueAsync(renewal.Lease)
                    ? await transport.SendAsync(message, lease.Mail.Recipient, cancellationToken)
                    : null;
            }
            finally
            {
                connections.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new MailDelivery.Refused("The dashboard was stopped before this mail was on its way.", IsFinal: false, Cause: RefusalCause.Server);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever is wrong with this mail, the others don't wait for it.
            logger.LogError(failure, "Mail {MailId} could not be handed over", lease.Mail.Id);
            return new MailDelivery.Refused($"It could not be handed over: {failure.Message}", IsFinal: false);
        }
    }

    /// <summary>Our own mails can be cancelled while they wait for a connection: the key was deleted, or a more urgent reminder is
    /// due. What carries a message can't.</summary>
    private async Task<bool> IsStillDueAsync(MailLease lease) => lease.Mail.MessageId is not null || await leases.IsHeldAsync(lease);

    private async Task<MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        composers.SingleOrDefault(composer => composer.Kind == mail.Kind) is { } composer
            ? await composer.ComposeAsync(mail, cancellationToken)
            : sender.Compose(mail.Recipient, mail.Subject, mail.Text!, mail.Html!, mail.InternetMessageId, clock.GetUtcNow());
}
