using Microsoft.EntityFrameworkCore;
using NodaTime;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Deletion;

/// <summary>Finds out what deleting a key would break. Another account's key is answered like one that doesn't exist.</summary>
public sealed class DeletionRisks(
    IDbContextFactory<DashboardDbContext> databases, KeyUsageReport evidence, RotationReport rotations, DateTimeZone zone, TimeProvider clock)
{
    /// <returns>Null when the account has no such key, or has deleted it.</returns>
    public async Task<DeletionRisk?> AssessAsync(Guid accountId, Guid keyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == keyId, cancellationToken);
        if (key is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var callers = await evidence.FindCallersAsync(accountId, keyId, now - DeletionRisk.Recently, cancellationToken);
        var rotation = (await rotations.ListAsync(accountId, cancellationToken)).FirstOrDefault(one => one.OldKeyId == keyId || one.NewKeyId == keyId);
        var isOld = rotation?.OldKeyId == keyId;
        var progress = isOld ? rotation!.Callers : CallerProgress.Of(callers, replacement: [], now, now - rotations.QuietFor, gone: []);
        var recent = progress.Where(caller => caller.OldLastAt >= now - DeletionRisk.Recently)
            .Select(caller => new RecentCaller(caller.Name, caller.OldLastAt!.Value, caller.Stage))
            .OrderByDescending(caller => caller.LastAt)
            .ToList();
        return DeletionRisk.Of(
            key.StatusAt(now, zone), key.LastKnownUseAt, now, recent, rotation, isOld ? rotation!.State : null);
    }
}
