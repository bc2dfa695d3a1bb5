using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Deletion;

/// <summary>Deletes a key with all that goes with it: its reminders are cancelled, its rotation ends, and everyone concerned is notified.</summary>
public sealed class KeyDeletion(KeyNotices notices, TimeProvider clock)
{
    /// <summary>Saved and committed by the caller, whose transaction is serializable.</summary>
    /// <param name="key">With its contacts.</param>
    internal async Task DeleteAsync(DashboardDbContext db, ApiKey key, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        key.Delete(now, actor);
        await ReminderPlan.CancelAsync(db, key.Id, now, cancellationToken);
        KeyEvents.Add(db, key.Id, KeyEventKind.Deleted, actor, now);
        var successor = await KeyRotations.EndAsync(db, key, actor, now, cancellationToken);
        var email = await db.Users.Where(account => account.Id == key.AccountId).Select(account => account.Email!).SingleAsync(cancellationToken);
        notices.NotifyDeleted(db, key, email, successor);
    }
}
