using System.Data;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reissue;

/// <summary>Gives a key that was never used another secret, for whoever lost the first one. All else about the key stays as it is.</summary>
public sealed class TokenReissue(
    IDbContextFactory<DashboardDbContext> databases, KeyNotices notices, Outbox outbox, TimeProvider clock, ILogger<TokenReissue> logger)
{
    public async Task<ReissueResult> ReplaceAsync(Guid accountId, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var email = await db.Users.Where(account => account.Id == accountId && account.DisabledAt == null)
            .Select(account => account.Email!).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
        {
            return new ReissueResult.AccountDisabled();
        }

        var (token, now) = (ApiKeyToken.Generate(), clock.GetUtcNow());
        if (!await WriteAsync(db, accountId, id, token, now, cancellationToken))
        {
            return await ExplainAsync(db, accountId, id, now, cancellationToken);
        }

        var key = await db.ApiKeys.Include(key => key.Contacts).SingleAsync(key => key.Id == id, cancellationToken);
        KeyEvents.Add(db, id, KeyEventKind.TokenReplaced, actor, now, $"Ends in {key.Hint} now.");
        notices.NotifyTokenReissued(db, key, email, actor, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        logger.LogInformation("The secret of key {KeyId} of account {AccountId} was replaced", id, accountId);
        return new ReissueResult.Replaced(token);
    }

    /// <remarks>
    /// One statement decides, as does the one that notes a first use: whichever comes first makes the other one miss, so that a secret
    /// is either used or replaced. Keys that were used before first uses were noted have a last one.
    /// </remarks>
    private static async Task<bool> WriteAsync(
        DashboardDbContext db, Guid accountId, Guid id, ApiKeyToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (hash, hint) = (token.Hash, token.Hint);
        return await db.ApiKeys.OwnedBy(accountId)
            .Where(key => key.Id == id && key.ExpiresAt > now && key.FirstUsedAt == null && key.LastUsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.Hash, hash).SetProperty(key => key.Hint, hint), cancellationToken) == 1;
    }

    private static async Task<ReissueResult> ExplainAsync(
        DashboardDbContext db, Guid accountId, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expiresAt = await db.ApiKeys.OwnedBy(accountId).Where(key => key.Id == id)
            .Select(key => (DateTimeOffset?)key.ExpiresAt).SingleOrDefaultAsync(cancellationToken);
        return expiresAt switch
        {
            null => new ReissueResult.NotFound(),
            var at when at <= now => new ReissueResult.Expired(),
            _ => new ReissueResult.AlreadyUsed(),
        };
    }
}
