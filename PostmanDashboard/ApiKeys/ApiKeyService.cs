using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using PostmanDashboard.ApiKeys.Deletion;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys;

/// <summary>Issues, lists and deletes an account's API keys. Another account's key is answered like one that doesn't exist.</summary>
public sealed class ApiKeyService(
    IDbContextFactory<DashboardDbContext> databases,
    ApiKeyIssuer issuing,
    KeyDeletion deletion,
    KeyNotices notices,
    Outbox outbox,
    DateTimeZone zone,
    TimeProvider clock,
    ILogger<ApiKeyService> logger)
{
    public async Task<IssueApiKeyResult> IssueAsync(Guid accountId, NewApiKey request, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Serializable: what was counted still holds when the key is added, whoever else is adding one.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        return await issuing.AddAsync(db, accountId, request, actor, cancellationToken) switch
        {
            AddApiKeyResult.Refused refused => refused.Why,
            AddApiKeyResult.Added added => await CommitIssuedAsync(db, transaction, accountId, added, cancellationToken),
            var other => throw new InvalidOperationException($"Unknown result {other}."),
        };
    }

    /// <returns>Every key of the account that it hasn't deleted, in the order of <see cref="ApiKeySummaries.InOrder"/>.</returns>
    public async Task<IReadOnlyList<ApiKeySummary>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await db.ApiKeys.AsNoTracking().Include(key => key.Contacts)
            .OwnedBy(accountId)
            .ToListAsync(cancellationToken);

        return ApiKeySummaries.InOrder(keys, clock.GetUtcNow(), zone);
    }

    /// <returns>Null when the account has no such key, or has deleted it.</returns>
    public async Task<ApiKeySummary?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().Include(key => key.Contacts)
            .OwnedBy(accountId)
            .SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        return key is null ? null : ApiKeySummaries.Of(key, clock.GetUtcNow(), zone);
    }

    /// <returns>False when the account has no such key, or has deleted it already.</returns>
    public async Task<bool> DeleteAsync(Guid accountId, Guid id, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var key = await db.ApiKeys.Include(key => key.Contacts).OwnedBy(accountId).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
        if (key is null)
        {
            return false;
        }

        await deletion.DeleteAsync(db, key, actor, cancellationToken);
        await CommitAsync(db, transaction, cancellationToken);
        logger.LogInformation("Key {KeyId} of account {AccountId} was deleted", id, accountId);
        return true;
    }

    private async Task<IssueApiKeyResult> CommitIssuedAsync(
        DashboardDbContext db, IDbContextTransaction transaction, Guid accountId, AddApiKeyResult.Added added, CancellationToken cancellationToken)
    {
        notices.NotifyIssued(db, added.Key, await EmailOfAsync(db, accountId, cancellationToken));
        try
        {
            await CommitAsync(db, transaction, cancellationToken);
            logger.LogInformation("Key {KeyId} of account {AccountId} was generated", added.Key.Id, accountId);
            return added.Issued;
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation())
        {
            return new IssueApiKeyResult.LabelTaken();
        }
    }

    private async Task CommitAsync(DashboardDbContext db, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }

    private static Task<string> EmailOfAsync(DashboardDbContext db, Guid accountId, CancellationToken cancellationToken) =>
        db.Users.Where(account => account.Id == accountId).Select(account => account.Email!).SingleAsync(cancellationToken);
}
