using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Data;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Writes what calls with a key would have left behind.</summary>
public static class KeyUses
{
    /// <summary>A call with a key, at an instant, by a program.</summary>
    public static async Task CallAsync(
        this IDbContextFactory<DashboardDbContext> databases, Guid keyId, DateTimeOffset at, string address = "10.1.2.3", string agent = "grants/1.4")
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.ApiKeys.Where(key => key.Id == keyId && key.FirstUsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(key => key.FirstUsedAt, at));
        await db.ApiKeys.Where(key => key.Id == keyId && (key.LastUsedAt == null || key.LastUsedAt < at)).ExecuteUpdateAsync(set => set
            .SetProperty(key => key.LastUsedAt, at).SetProperty(key => key.LastUsedFrom, address).SetProperty(key => key.LastUsedBy, agent));
        if (await db.KeyCallers.SingleOrDefaultAsync(caller => caller.ApiKeyId == keyId && caller.Address == address && caller.UserAgent == agent) is { } known)
        {
            (known.LastSeenAt, known.Accepted) = (at, known.Accepted + 1);
        }
        else
        {
            db.KeyCallers.Add(new KeyCaller
            {
                ApiKeyId = keyId,
                Address = address,
                UserAgent = agent,
                FirstSeenAt = at,
                LastSeenAt = at,
                Accepted = 1,
                Refused = 0,
            });
        }

        await db.SaveChangesAsync();
    }
}
