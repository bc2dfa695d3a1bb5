using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Messages;

/// <summary>Blanks the content of messages whose mails were all settled <c>Mail:KeepBodiesFor</c> ago, and forgets old idempotency keys.</summary>
public sealed class MessageCleanUp(IDbContextFactory<DashboardDbContext> databases, IOptions<MailOptions> options, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await BlankAsync(db, now - options.Value.KeepBodiesFor, cancellationToken);
        var forgotten = now - Idempotency.Window;
        await db.SendReceipts.Where(receipt => receipt.CreatedAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task BlankAsync(DashboardDbContext db, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await db.Messages.Where(message => message.Body != null && message.CreatedAt < before
                && !db.OutgoingMails.Any(mail => mail.CarriedMessageId == message.Id && (mail.SettledAt == null || mail.SettledAt >= before)))
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.Body, (string?)null), cancellationToken);
        await db.Set<MessageAttachment>()
            .Where(file => file.Content != null && db.Messages.Any(message => message.Id == file.MessageId && message.Body == null))
            .ExecuteUpdateAsync(set => set.SetProperty(file => file.Content, (byte[]?)null), cancellationToken);
    }
}
