using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Accounts.Sessions;

public sealed class AdministratorTests : IDisposable
{
    private readonly DashboardApplication app = new()
    {
        Settings = { ["Accounts:AdminEmails:0"] = "Boss@Agency.gov.sg", ["Accounts:AdminEmails:1"] = " second@agency.gov.sg " },
    };

    public void Dispose() => app.Dispose();

    [Theory]
    [InlineData("boss@agency.gov.sg", true)]
    [InlineData("BOSS@AGENCY.GOV.SG", true)]
    [InlineData("second@agency.gov.sg", true)]
    [InlineData("mei@agency.gov.sg", false)]
    [InlineData("boss@agency.gov.sg.evil.example", false)]
    public async Task Whoever_is_named_in_the_settings_is_an_administrator(string email, bool expected)
    {
        var person = await SignInAsync(await app.AddAccountAsync(email));

        Assert.Equal(expected, person.IsInRole(Roles.Administrator));
        Assert.Equal(expected, await MayAsync(person, Policies.Administrators));
        Assert.True(await MayAsync(person, Policies.SignedIn));
    }

    [Fact]
    public async Task An_administrator_may_make_another_one()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>().CreateAsync(new IdentityRole<Guid>(Roles.Administrator));
            Assert.True((await accounts.AddToRoleAsync((await accounts.FindByEmailAsync(account.Email!))!, Roles.Administrator)).Succeeded);
        }

        Assert.True(await MayAsync(await SignInAsync(account), Policies.Administrators));
    }

    private async Task<ClaimsPrincipal> SignInAsync(Account account)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
    }

    private async Task<bool> MayAsync(ClaimsPrincipal person, string policy)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(person, policy)).Succeeded;
    }
}
