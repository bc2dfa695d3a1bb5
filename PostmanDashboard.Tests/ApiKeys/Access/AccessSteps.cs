using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Access;

internal static class AccessSteps
{
    /// <summary>Changes what a key may do, as its account.</summary>
    public static async Task GiveAsync(this DashboardApplication app, Account account, Guid keyId, KeyAccess access)
    {
        var seen = (await FindAsync(app, keyId)).Access;
        Assert.Equal(access, await app.Services.GetRequiredService<AccessChanges>().ChangeAsync(
            account.Id, keyId, seen, access, TestKeys.By(account), CancellationToken.None));
    }

    /// <summary>Changes where a key may be called from, as its account.</summary>
    public static async Task AllowAsync(this DashboardApplication app, Account account, Guid keyId, string networks)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));
        var seen = NetworkList.FromStored((await FindAsync(app, keyId)).Networks);
        Assert.Equal(list, await app.Services.GetRequiredService<NetworkChanges>().ChangeAsync(
            account.Id, keyId, seen, list, TestKeys.By(account), CancellationToken.None));
    }

    private static async Task<ApiKey> FindAsync(DashboardApplication app, Guid keyId)
    {
        await using var db = app.CreateDbContext();
        return await db.ApiKeys.SingleAsync(key => key.Id == keyId);
    }
}
