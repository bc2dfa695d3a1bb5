using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>A key with what a reminder of it says about others.</summary>
/// <param name="Replacement">The key that is taking its place. Null where none is.</param>
internal sealed record KeyOwner(ApiKey Key, string Email, bool IsDisabled, ApiKey? Replacement)
{
    /// <summary>Why nobody is reminded of the key any more. Null while someone is.</summary>
    public CancelReason? Silence => Key.DeletedAt is not null ? CancelReason.KeyDeleted : IsDisabled ? CancelReason.AccountDisabled : null;

    public static IQueryable<KeyOwner> Of(DashboardDbContext db, IReadOnlyList<Guid> apiKeyIds) =>
        from key in db.ApiKeys
        join account in db.Users on key.AccountId equals account.Id
        join rotation in db.KeyRotations.Where(rotation => rotation.EndedAt == null) on key.Id equals rotation.OldKeyId into rotations
        from rotation in rotations.DefaultIfEmpty()
        join replacement in db.ApiKeys on rotation.NewKeyId equals replacement.Id into replacements
        from replacement in replacements.DefaultIfEmpty()
        where EF.Parameter(apiKeyIds).Contains(key.Id)
        select new KeyOwner(key, account.Email!, account.DisabledAt != null, replacement);
}
