using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages.Sending.Receipts;

namespace PostmanDashboard.Messages;

/// <summary>Blanks the content of messages whose mails were all settled <c>Mail:KeepBodiesFor</c> ago, and forgets old idempotency keys.</summary>
public sealed class MessageCleanUp(IDbContextFactory<DashboardDbContext> databases, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>So few at a time that nobody else waits long to write.</summary>
    private const int BatchSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        int blanked;
        do
        {
            blanked = await BlankAsync(now - options.Value.KeepBodiesFor, cancellationToken);
        }
        while (blanked == BatchSize);

        var forgotten = now - Idempotency.Window;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.SendReceipts.Where(receipt => receipt.CreatedAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
    }

    /// <returns>How many.</returns>
    private async Task<int> BlankAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // One transaction, so that none is blanked that is requeued at this moment, nor without its files.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var ids = await db.Messages.Where(message => message.Body != null && message.CreatedAt < before
                && !db.OutgoingMails.Any(mail => mail.MessageId == message.Id && (mail.SettledAt == null || mail.SettledAt >= before)))
            .OrderBy(message => message.CreatedAt)
            .Take(BatchSize)
            .Select(message => message.Id)
            .ToListAsync(cancellationToken);
        await db.Messages.Where(message => ids.Contains(message.Id))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(message => message.Body, (string?)null)
                    .SetProperty(message => message.Text, (string?)null)
                    .SetProperty(message => message.Pictures, (IReadOnlyList<int>?)null),
                cancellationToken);
        await db.Set<MessageAttachment>().Where(file => ids.Contains(file.MessageId))
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.Content, (byte[]?)null), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ids.Count;
    }
}
