using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using PostmanDashboard.ApiKeys.Rotation.Automatic;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.ApiKeys.Usage.Panel;
using PostmanDashboard.ApiKeys.Usage.Recording;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Rotation;

/// <summary>Reports the progress of rotations. Another account's key is treated like one that doesn't exist.</summary>
public sealed class RotationReport(
    IDbContextFactory<DashboardDbContext> databases, KeyUsageReport evidence, IOptions<RotationOptions> options, DateTimeZone zone, TimeProvider clock)
{
    public TimeSpan QuietFor => options.Value.QuietFor;

    /// <returns>Every ongoing rotation of the account, the oldest first.</returns>
    public async Task<IReadOnlyList<RotationSummary>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from rotation in db.KeyRotations.OpenOf(accountId)
            join old in db.ApiKeys on rotation.OldKeyId equals old.Id
            join replacement in db.ApiKeys on rotation.NewKeyId equals replacement.Id
            orderby rotation.StartedAt
            select new { Rotation = rotation, Old = old, New = replacement }).AsNoTracking().ToListAsync(cancellationToken);
        var callers = await ReadCallersAsync(db, [.. rows.Select(row => row.Rotation)], cancellationToken);
        return [.. rows.Select(row => new RotationSummary(
            row.Rotation.Id, row.Old.Id, row.Old.Label, row.New.Id, row.New.Label, row.Rotation.StartedAt, StateOf(row.Old, row.New, callers[row.Rotation.Id]),
            callers[row.Rotation.Id], AutoDelete.Of(row.Rotation)))];
    }

    /// <summary>The progress of a key's replacement, found by the old key or, while the rotation is ongoing, by the new one.</summary>
    /// <returns>Null when the account never had such a key. One that was deleted without a replacement has a situation too: links in old mails lead
    /// there.</returns>
    public async Task<RotationSituation?> FindAsync(Guid accountId, Guid keyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rotation = await FindRotationAsync(db, accountId, keyId, cancellationToken);
        var oldId = rotation?.OldKeyId ?? keyId;
        var old = await db.ApiKeys.AsNoTracking().Include(key => key.Contacts)
            .SingleOrDefaultAsync(key => key.AccountId == accountId && key.Id == oldId, cancellationToken);
        if (old is null)
        {
            return null;
        }

        return rotation is null
            ? new RotationSituation(Describe(old, callers: []), Current: null, await SuggestLabelAsync(db, old, cancellationToken))
            : await DescribeAsync(db, rotation, old, cancellationToken);
    }

    /// <summary>How far a rotation has come, as the transaction of <paramref name="db"/> sees it.</summary>
    internal async Task<RotationState> AssessAsync(
        DashboardDbContext db, KeyRotation rotation, ApiKey old, ApiKey replacement, CancellationToken cancellationToken) =>
        StateOf(old, replacement, (await ReadCallersAsync(db, [rotation], cancellationToken))[rotation.Id]);

    /// <returns>The ongoing rotation; otherwise, for a deleted key, the one that ended with its deletion.</returns>
    private static async Task<KeyRotation?> FindRotationAsync(DashboardDbContext db, Guid accountId, Guid keyId, CancellationToken cancellationToken) =>
        await db.KeyRotations.AsNoTracking().OpenOf(accountId)
            .FirstOrDefaultAsync(rotation => rotation.OldKeyId == keyId || rotation.NewKeyId == keyId, cancellationToken)
        ?? await db.KeyRotations.AsNoTracking().FirstOrDefaultAsync(
            rotation => rotation.AccountId == accountId && rotation.OldKeyId == keyId && rotation.End == RotationEnd.Completed, cancellationToken);

    private async Task<RotationSituation> DescribeAsync(DashboardDbContext db, KeyRotation rotation, ApiKey old, CancellationToken cancellationToken)
    {
        var replacement = await db.ApiKeys.AsNoTracking().Include(key => key.Contacts).SingleAsync(key => key.Id == rotation.NewKeyId, cancellationToken);
        var since = clock.GetUtcNow() - KeyCaller.KeptFor;
        var ofOld = await evidence.FindCallersAsync(old.AccountId, old.Id, since, cancellationToken);
        var ofNew = await evidence.FindCallersAsync(old.AccountId, replacement.Id, since, cancellationToken);
        var callers = (await ReadCallersAsync(db, [rotation], cancellationToken))[rotation.Id];
        return new RotationSituation(Describe(old, ofOld), new RotationProgress(
            rotation.Id,
            Describe(replacement, ofNew),
            rotation.StartedAt,
            rotation.EndedAt,
            rotation.EndedAt is null ? StateOf(old, replacement, callers) : null,
            callers,
            AutoDelete.Of(rotation)), SuggestedLabel: null);
    }

    /// <returns>Who calls with either key of each rotation.</returns>
    private async Task<Dictionary<Guid, IReadOnlyList<CallerProgress>>> ReadCallersAsync(
        DashboardDbContext db, IReadOnlyList<KeyRotation> rotations, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ids = rotations.Select(rotation => rotation.Id).ToList();
        var gone = (await db.GoneCallers.AsNoTracking().Where(one => ids.Contains(one.RotationId)).ToListAsync(cancellationToken))
            .ToLookup(one => one.RotationId);
        var seen = await KeyUsageReport.FindCallersAsync(
            db, [.. rotations.SelectMany(rotation => (Guid[])[rotation.OldKeyId, rotation.NewKeyId])], now - KeyCaller.KeptFor, cancellationToken);
        return rotations.ToDictionary(rotation => rotation.Id, rotation => CallerProgress.Of(
            seen[rotation.OldKeyId], seen[rotation.NewKeyId], rotation.StartedAt, now - QuietFor, [.. gone[rotation.Id]]));
    }

    private static async Task<string> SuggestLabelAsync(DashboardDbContext db, ApiKey old, CancellationToken cancellationToken) => ReplacementLabel.Suggest(
        old.Label, await db.ApiKeys.OwnedBy(old.AccountId).Select(key => key.NormalizedLabel).ToHashSetAsync(cancellationToken));

    private RotatedKey Describe(ApiKey key, IReadOnlyList<SeenCaller> callers) => new(
        ApiKeySummaries.Of(key, clock.GetUtcNow(), zone),
        key.FirstUsedAt,
        FirstOf(callers),
        key.LastUsedBy,
        key.DeletedAt);

    private static string? FirstOf(IReadOnlyList<SeenCaller> callers) =>
        callers.Where(caller => caller.Accepted > 0).MinBy(caller => caller.FirstSeenAt) is { IsOthers: false, Address: { Length: > 0 } address } ? address
            : null;

    private RotationState StateOf(ApiKey old, ApiKey replacement, IReadOnlyList<CallerProgress> callers) =>
        RotationState.At(
            clock.GetUtcNow(),
            UseOf(old, LastCallOf(old, callers)),
            UseOf(replacement, replacement.LastKnownUseAt),
            options.Value.QuietFor,
            callers.Count(caller => caller.WouldBreak));

    /// <summary>Its last call, whether it was accepted or, as with a paused key, refused.</summary>
    private static DateTimeOffset? LastCallOf(ApiKey old, IReadOnlyList<CallerProgress> callers) =>
        callers.Select(caller => caller.OldLastAt).Append(old.LastKnownUseAt).Max();

    private static UsedKey UseOf(ApiKey key, DateTimeOffset? lastCallAt) =>
        new(key.ExpiresAt, key.FirstUsedAt, lastCallAt) { IsPaused = key.PausedAt is not null };
}
