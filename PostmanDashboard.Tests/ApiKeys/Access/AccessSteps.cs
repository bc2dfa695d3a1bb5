using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Access;

internal static class AccessSteps
{
    /// <summary>Changes what a key may do, as its account.</summary>
    public static async Task GiveAsync(this DashboardApplication app, Account account, Guid keyId, KeyAccess access) =>
        Assert.True(await app.Services.GetRequiredService<AccessChanges>().ChangeAsync(
            account.Id, keyId, access, TestKeys.By(account), CancellationToken.None));

    /// <summary>Changes where a key may be called from, as its account.</summary>
    public static async Task AllowAsync(this DashboardApplication app, Account account, Guid keyId, string networks)
    {
        Assert.True(NetworkList.TryParse(networks, out var list, out _));
        Assert.True(await app.Services.GetRequiredService<NetworkChanges>().ChangeAsync(
            account.Id, keyId, list, TestKeys.By(account), CancellationToken.None));
    }
}
