using Microsoft.AspNetCore.Identity;
using PostmanDashboard.Data;

namespace PostmanDashboard.Accounts;

public static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<AccountOptions>().BindConfiguration(AccountOptions.Section);
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddIdentityCore<Account>(ConfigureIdentity)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<DashboardDbContext>()
            .AddSignInManager();
    }

    /// <summary>Also for whoever builds a context by hand: Identity reads the version of its tables (passkeys) from here.</summary>
    public static void ConfigureIdentity(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        identity.User.RequireUniqueEmail = true;
        // The user name is the email address, which EmailAddress has checked.
        identity.User.AllowedUserNameCharacters = "";
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapAccounts(this WebApplication app)
    {
    }
}
