using System.Collections.Concurrent;
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
    GroupCommit commits,
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
            // One that can't be claimed is somebody else's; one that was refused is due again later. So every round ends.
            var ids = new ConcurrentQueue<Guid>(due);
            await Task.WhenAll(Enumerable.Range(0, options.Value.Smtp.Connections).Select(_ => Task.Run(() => SendFromAsync(ids, cancellationToken), CancellationToken.None)));
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Sends one mail after the other. Each is marked in the commit that claims the next one: a commit waits for the disk, and takes longer than many a mail server.</summary>
    private async Task SendFromAsync(ConcurrentQueue<Guid> ids, CancellationToken cancellationToken)
    {
        Claim? sent = null;
        MailDelivery? delivery = null;
        while (true)
        {
            Guid? next = !cancellationToken.IsCancellationRequested && ids.TryDequeue(out var id) ? id : null;
            if (sent is null && next is null)
            {
                return;
            }

            sent = await CommitAsync(sent, delivery, next);
            delivery = sent is null ? null : await DeliverAsync(sent.Mail, CancellationToken.None);
        }
    }

    /// <returns>The claim on the next mail. Null when there is none, or somebody else was first.</returns>
    private async Task<Claim?> CommitAsync(Claim? sent, MailDelivery? delivery, Guid? next)
    {
        Claim? claim = null;
        await commits.RunAsync(async db =>
        {
            if (sent is not null)
            {
                await outcome.RecordAsync(db, sent.Mail, sent.LeasedUntil, delivery!);
            }

            claim = next is { } id ? await ClaimAsync(db, id) : null;
        });
        return claim;
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
    private async Task<Claim?> ClaimAsync(DashboardDbContext db, Guid id)
    {
        var now = clock.GetUtcNow();
        var leasedUntil = now + options.Value.LeaseFor;
        var claimed = await db.OutgoingMails.Where(mail => mail.Id == id && mail.State == MailState.Waiting && mail.DueAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.DueAt, leasedUntil).SetProperty(mail => mail.Tries, mail => mail.Tries + 1));
        return claimed == 0 ? null : new Claim(await db.OutgoingMails.AsNoTracking().SingleAsync(mail => mail.Id == id), leasedUntil);
    }

    private async Task<MimeMessage> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        composers.SingleOrDefault(composer => composer.Kind == mail.Kind) is { } composer
            ? await composer.ComposeAsync(mail, cancellationToken)
            : sender.Compose(mail.Recipient, mail.Subject, mail.Text!, mail.Html!, mail.MessageId, clock.GetUtcNow());

    /// <summary>A mail that is ours to send until the lease is over.</summary>
    private sealed record Claim(OutgoingMail Mail, DateTimeOffset LeasedUntil);
}
