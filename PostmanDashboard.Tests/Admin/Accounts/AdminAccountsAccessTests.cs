using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Admin.Accounts;

/// <summary>Who may look at all accounts.</summary>
public sealed class AdminAccountsAccessTests
{
    [Theory]
    [InlineData("admin@agency.gov.sg", HttpStatusCode.OK)]
    [InlineData("mei@agency.gov.sg", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Redirect)]
    public async Task Administrators_alone(string? who, HttpStatusCode expected)
    {
        await using var app = new DashboardApplication { Settings = { ["Accounts:AdminEmails:0"] = "admin@agency.gov.sg" } };
        await app.AddAccountAsync("secret.team@agency.gov.sg");
        using var client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (who is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(await app.AddAccountAsync(who)));
        }

        using var answer = await client.GetAsync("/admin/accounts");

        Assert.Equal(expected, answer.StatusCode);
        var isShown = (await answer.Content.ReadAsStringAsync()).Contains("secret.team@agency.gov.sg", StringComparison.Ordinal);
        Assert.Equal(expected == HttpStatusCode.OK, isShown);
    }
}
