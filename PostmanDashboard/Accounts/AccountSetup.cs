using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Accounts.Sessions.Circuits;
using PostmanDashboard.Accounts.SignIn;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Accounts.SignIn.Links;
using PostmanDashboard.Accounts.SignIn.NewBrowsers;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Accounts;

public static class AccountSetup
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AccountOptions>(AccountOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<AccountOptions>, AdministratorsCanSignIn>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthorization(ConfigurePolicies);
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddIdentityCore<Account>(ConfigureIdentity)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<DashboardDbContext>()
            .AddSignInManager<AccountSignInManager>()
            .AddClaimsPrincipalFactory<AccountClaimsFactory>();
        builder.Services.ConfigureApplicationCookie(SessionCookie.Configure);
        var isHttps = PublicOptions.Read(builder.Configuration).IsHttps;
        builder.Services.ConfigureApplicationCookie(cookie => SessionCookie.BindToHost(cookie, isHttps));
        builder.Services.Configure<SecurityStampValidatorOptions>(validator => validator.ValidationInterval = SessionCookie.RefreshedEvery);
        builder.Services.AddSingleton<AllowedDomains>();
        builder.Services.AddSingleton<SignInMail>();
        builder.Services.AddSingleton<SignInCodes>();
        builder.Services.AddSingleton<SignInLinks>();
        builder.Services.AddSingleton<SignInLinkNotice>();
        builder.Services.AddSingleton<SignInLinkCommand>();
        builder.Services.AddSingleton<BrowserCookie>();
        builder.Services.AddSingleton<BrowserLinks>();
        builder.Services.AddSingleton(new SecretPath($"{SignInPaths.Link}/", SignInPaths.Link));
        builder.Services.AddSingleton(new SecretPath($"{SignInPaths.Browser}/", SignInPaths.Browser));
        builder.Services.AddSingleton<SessionRule>();
        builder.Services.AddSingleton<SessionGuard>();
        builder.Services.AddSingleton<IInterceptor>(services => services.GetRequiredService<SessionGuard>());
        builder.Services.AddSingleton<OpenSessions>();
        builder.Services.AddSingleton<EndedSessions>();
        builder.Services.AddScoped<SessionStarter>();
        builder.AddCircuitSessions();
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
        app.UseActingSession();
    }

    /// <summary>What <c>sign-in-link ADDRESS</c> does.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> PrintSignInLinkAsync(this WebApplication app, string address) => app.RunCommandAsync(
        CommandLine.SignInLink, () => app.Services.GetRequiredService<SignInLinkCommand>().RunAsync(address, CancellationToken.None));

    public static void MapAccounts(this WebApplication app) => app.MapSessions();

    // Each policy names the cookie's scheme: whatever else a request carries, a key for one, it opens no page.
    private static void ConfigurePolicies(AuthorizationOptions policies)
    {
        policies.AddPolicy(Policies.SignedIn, policy => policy
            .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
            .RequireAuthenticatedUser());
        policies.AddPolicy(Policies.Administrators, policy => policy
            .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme)
            .RequireRole(Roles.Administrator));
    }
}
