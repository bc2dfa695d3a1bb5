using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>An ongoing rotation with its keys.</summary>
/// <param name="Old">With its contacts.</param>
/// <param name="Email">The address of the account.</param>
internal sealed record WaitingRotation(KeyRotation Rotation, ApiKey Old, ApiKey New, string Email)
{
    /// <returns>Null where the account is disabled: nobody of it is told anything, and its keys rest.</returns>
    public static async Task<WaitingRotation?> FindAsync(DashboardDbContext db, KeyRotation rotation, CancellationToken cancellationToken)
    {
        var email = await db.Users.Where(account => account.Id == rotation.AccountId && account.DisabledAt == null).Select(account => account.Email)
            .SingleOrDefaultAsync(cancellationToken);
        return email is null ? null : new WaitingRotation(
            rotation,
            await db.ApiKeys.Include(key => key.Contacts).SingleAsync(key => key.Id == rotation.OldKeyId, cancellationToken),
            await db.ApiKeys.SingleAsync(key => key.Id == rotation.NewKeyId, cancellationToken),
            email);
    }
}
