using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Pausing;

/// <summary>Pauses keys and resumes them. Another account's key is answered like one that doesn't exist.</summary>
public sealed class KeyPauses(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock, ILogger<KeyPauses> logger)
{
    /// <summary>What is said to whoever paused a key.</summary>
    public static string Said(string label) => $"{label} is paused. Calls with it are rejected until you resume it.";

    /// <summary>Refuses the key's calls from the next one on. Nothing else changes.</summary>
    /// <returns>False when the account has no such key, or has deleted it. So with the one below.</returns>
    public Task<bool> PauseAsync(Guid accountId, Guid id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, isPaused: true, actor, cancellationToken);

    public Task<bool> ResumeAsync(Guid accountId, Guid id, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, id, isPaused: false, actor, cancellationToken);

    private async Task<bool> ChangeAsync(Guid accountId, Guid id, bool isPaused, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return false;
        }

        if (key.PausedAt is not null == isPaused)
        {
            return true;
        }

        var now = clock.GetUtcNow();
        if (isPaused)
        {
            key.Pause(now);
        }
        else
        {
            key.Resume();
        }

        KeyEvents.Add(db, id, isPaused ? KeyEventKind.Paused : KeyEventKind.Resumed, actor, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.LogInformation("Key {KeyId} of account {AccountId} was {Change}", id, accountId, isPaused ? "paused" : "resumed");
        return true;
    }
}
