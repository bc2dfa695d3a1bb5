using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys;

/// <summary>Brings the labels that were stored under older rules to those of <see cref="ApiKeyLabel"/>: only what can be seen, and no two alike.</summary>
internal static class StoredLabels
{
    /// <summary>Where two labels of an account become alike, the key that was made later gets the next number that is free, as a replacement does.</summary>
    public static async Task CleanAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // It only reads what an ApiKey no longer shows, in an upgrade.
        var labels = await db.Database.SqlQuery<StoredLabel>(
            $"""
            SELECT "Id", "AccountId", "Label", "NormalizedLabel", "Hint", "DeletedAt" IS NULL AS "IsKept"
            FROM "ApiKeys" ORDER BY "CreatedAt", "Id"
            """)
            .ToListAsync(cancellationToken);
#pragma warning restore RS0030
        foreach (var account in labels.GroupBy(label => label.AccountId))
        {
            var kept = account.Where(label => label.IsKept).ToDictionary(label => label.Id, label => label.NormalizedLabel);
            foreach (var stored in account.Where(label => !label.IsClean))
            {
                kept.Remove(stored.Id);
                var label = Free(stored, kept.Values.ToHashSet(StringComparer.Ordinal));
                await SaveAsync(db, stored.Id, label, cancellationToken);
                if (stored.IsKept)
                {
                    kept.Add(stored.Id, ApiKeyLabel.Normalize(label));
                }
            }
        }
    }

    private static string Free(StoredLabel stored, HashSet<string> taken) =>
        stored.IsKept && taken.Contains(ApiKeyLabel.Normalize(stored.Seen)) ? ReplacementLabel.Suggest(stored.Seen, taken) : stored.Seen;

    private static Task<int> SaveAsync(DashboardDbContext db, Guid id, string label, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"UPDATE \"ApiKeys\" SET \"Label\" = {label}, \"NormalizedLabel\" = {ApiKeyLabel.Normalize(label)} WHERE \"Id\" = {id}", cancellationToken);

    /// <summary>A label as stored in the table, which an <see cref="ApiKey"/> no longer shows.</summary>
    private sealed record StoredLabel(Guid Id, Guid AccountId, string Label, string NormalizedLabel, string Hint, bool IsKept)
    {
        /// <summary>A label without visible characters is named after the end of its key.</summary>
        public string Seen => ApiKeyLabel.Clean(Label) is { Length: > 0 } text ? text : $"Key {Hint}";

        public bool IsClean => Label == Seen && NormalizedLabel == ApiKeyLabel.Normalize(Label);
    }
}
