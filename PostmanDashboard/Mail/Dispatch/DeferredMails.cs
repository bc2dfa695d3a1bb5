using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Mails that wait until an instant, and would wait too long after the clock was set back.</summary>
public sealed class DeferredMails(IDbContextFactory<DashboardDbContext> databases, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>
    /// Lets none wait for longer than a lease: whoever is sending one now still has it to themselves, and others are tried a little
    /// earlier than they would have been.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> BringNearerAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (dueAt, giveUpAt) = (now + options.Value.LeaseFor, now + Outbox.Persistence);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = db.OutgoingMails.Where(mail => mail.State == MailState.Waiting);
        await waiting.Where(mail => mail.GiveUpAt > giveUpAt).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.GiveUpAt, giveUpAt), cancellationToken);
        return await waiting.Where(mail => mail.DueAt > dueAt).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.DueAt, dueAt), cancellationToken);
    }
}
