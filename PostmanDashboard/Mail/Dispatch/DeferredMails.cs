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
    public async Task<int> CapDueAtAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.OutgoingMails.CapDueAtAsync(now + options.Value.LeaseFor, now + Outbox.Persistence, cancellationToken);
    }
}
