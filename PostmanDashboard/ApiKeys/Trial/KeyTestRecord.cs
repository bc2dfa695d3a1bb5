using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>Notes in the activity of a key that its account tried it. The key itself still counts as unused: no system has it yet.</summary>
public sealed class KeyTestRecord(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    /// <param name="token">With which the mail was sent. Nothing is noted of one that was replaced meanwhile.</param>
    public async Task AddAsync(ApiKeyToken token, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var hash = token.Hash;
        if (await db.ApiKeys.Where(key => key.Hash == hash).Select(key => (Guid?)key.Id).SingleOrDefaultAsync(cancellationToken) is { } id)
        {
            KeyEvents.Add(db, id, KeyEventKind.TestMailSent, actor, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
