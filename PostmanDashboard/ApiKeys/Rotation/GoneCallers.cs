using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>Keeps which programs are gone, as a person says. Another account's rotation is treated like one that doesn't exist.</summary>
public sealed class GoneCallers(IDbContextFactory<DashboardDbContext> databases)
{
    /// <param name="caller">As the person sees it: what it calls later isn't covered.</param>
    /// <returns>False when the account has no such ongoing rotation.</returns>
    public async Task<bool> AddAsync(Guid accountId, Guid rotationId, CallerProgress caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.KeyRotations.OpenOf(accountId).AnyAsync(rotation => rotation.Id == rotationId, cancellationToken))
        {
            return false;
        }

        var known = await db.GoneCallers.FindAsync([rotationId, caller.Address, caller.UserAgent], cancellationToken);
        if (known is null)
        {
            db.GoneCallers.Add(new GoneCaller { RotationId = rotationId, Address = caller.Address, UserAgent = caller.UserAgent, LastCallAt = caller.LastAt });
        }
        else
        {
            known.LastCallAt = caller.LastAt;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            // Someone said so at the same moment.
        }

        return true;
    }

    /// <summary>Takes it back: the rotation waits for the program again.</summary>
    public async Task RemoveAsync(Guid accountId, Guid rotationId, CallerProgress caller, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var own = db.KeyRotations.OpenOf(accountId).Where(rotation => rotation.Id == rotationId).Select(rotation => rotation.Id);
        await db.GoneCallers.Where(gone => own.Contains(gone.RotationId) && gone.Address == caller.Address && gone.UserAgent == caller.UserAgent)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
