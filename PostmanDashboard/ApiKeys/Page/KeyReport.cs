using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Reminders.Timeline;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Page;

/// <summary>Puts together what the page of a key shows, also of a deleted one. Another account's key is answered like one that doesn't exist.</summary>
public sealed class KeyReport(
    IDbContextFactory<DashboardDbContext> databases,
    KeyActivity activity,
    UnreachableContacts contacts,
    RotationReport rotations,
    DateTimeZone zone,
    TimeProvider clock)
{
    /// <returns>Null when the account never had such a key.</returns>
    public async Task<KeySituation?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().Include(key => key.Contacts)
            .SingleOrDefaultAsync(key => key.Id == id && key.AccountId == accountId, cancellationToken);
        if (key is null)
        {
            return null;
        }

        var unreachable = await contacts.FindAsync(accountId, cancellationToken);
        return new KeySituation(
            ApiKeySummaries.Of(key, clock.GetUtcNow(), zone),
            await activity.FindMakerAsync(accountId, id, cancellationToken),
            unreachable.GetValueOrDefault(id, []),
            (await rotations.ListAsync(accountId, cancellationToken)).FirstOrDefault(rotation => rotation.OldKeyId == id || rotation.NewKeyId == id),
            key.DeletedAt,
            key.DeletedBy);
    }
}
