using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Sends what the outbox holds. Safe to run at any time, twice, and on two machines at once.</summary>
/// <remarks>
/// A mail is sent and then marked. Whoever dies in between repeats one mail, under the same Message-ID; the other order
/// would lose it.
/// </remarks>
public sealed class MailDispatch(
    IDbContextFactory<DashboardDbContext> databases,
    IMailTransport transport,
    MailSender sender,
    IEnumerable<IMailComposer> composers,
    MailOutcome outcome,
    IOptions<MailOptions> options,
    TimeProvider clock,
    ILogger<MailDispatch> logger) : IDisposable
{
    public const string JobId = "mail";

    private const int BatchSize = 100;

    // Two runs side by side would have twice as many connections as the operator allows.
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Sends until nothing is due, once a run that goes on already has ended. Cancelling it takes no new mail, and lets those that are being sent come to their end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        await SendAllAsync(cancellationToken);
    }

    /// <summary>As <see cref="RunAsync"/>, but does nothing while another run goes on in this process: that one sends what is due.</summary>
    public async Task RunUnlessRunningAsync(CancellationToken cancellationToken)
    {
        if (await turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            await SendAllAsync(cancellationToken);
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendUntilNothingIsDueAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SendUntilNothingIsDueAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && await FindDueAsync(cancellationToken) is { Count: > 0 } due)
        {
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Smtp.Connections, CancellationToken = cancellationToken };
            // One that can't be claimed is somebody else's; one that was refused is due again later. So every round ends.
            await Parallel.ForEachAsync(due, side, async (id, _) => await TrySendAsync(id, CancellationToken.None));
        }
    }

    private async Task<IReadOnlyList<Guid>> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.OutgoingMails.Where(mail => mail.State == MailState.Waiting && mail.DueAt <= now)
            .OrderBy(mail => mail.DueAt)
            .Take(BatchSize)
            .Select(mail => mail.Id)
            .ToListAsync(cancellationToken);
    }

    private async Task TrySendAsync(Guid id, CancellationToken cancellationToken)
    {
        var (leasedUntil, claimed) = await ClaimAsync(id, cancellationToken);
        if (claimed is null)
        {
            return;
        }

        await outcome.RecordAsync(claimed, leasedUntil, await DeliverAsync(claimed, cancellationToken), cancellationToken);
    }

    private async Task<MailDelivery> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(await ComposeAsync(mail, cancellationToken), mail.Recipient, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever is wrong with this mail, the others don't wait for it.
            logger.LogError(failure, "Mail {MailId} could not be handed over", mail.Id);
            return new MailDelivery.Refused($"It could not be handed over: {failure.Message}", IsFinal: false);
        }
    }

    /// <returns>Null when somebody else was first.</returns>
    private async Task<(DateTimeOffset LeasedUntil, OutgoingMail? Mail)> ClaimAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var leasedUntil = now + options.Value.LeaseFor;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var claimed = await db.OutgoingMails.Where(mail => mail.Id == id && mail.State == MailState.Waiting && mail.DueAt <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.DueAt, leasedUntil).SetProperty(mail => mail.Tries, mail => mail.Tries + 1),
                cancellationToken);
        return (leasedUntil, claimed == 0 ? null : await db.OutgoingMails.AsNoTracking().SingleAsync(mail => mail.Id == id, cancellationToken));
    }

    private async Task<MimeMessage> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        composers.SingleOrDefault(composer => composer.Kind == mail.Kind) is { } composer
            ? await composer.ComposeAsync(mail, cancellationToken)
            : sender.Compose(mail.Recipient, mail.Subject, mail.Text!, mail.Html!, mail.MessageId, clock.GetUtcNow());
}
