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
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Accounts;

public static class AccountSetup
{
    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AccountOptions>(configuration, AccountOptions.Section);
        services.AddSingleton<IValidateOptions<AccountOptions>, AdministratorsCanSignIn>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization(ConfigurePolicies);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<Account>(ConfigureIdentity)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<DashboardDbContext>()
            .AddSignInManager<AccountSignInManager>()
            .AddClaimsPrincipalFactory<AccountClaimsFactory>();
        services.ConfigureApplicationCookie(SessionCookie.Configure);
        var isHttps = PublicOptions.Read(configuration).IsHttps;
        services.ConfigureApplicationCookie(cookie => SessionCookie.BindToHost(cookie, isHttps));
        services.Configure<SecurityStampValidatorOptions>(validator => validator.ValidationInterval = SessionCookie.RefreshedEvery);
        services.AddSingleton<AllowedDomains>();
        services.AddSingleton<SignInMail>();
        services.AddSingleton<SignInCodes>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<SignInLinkNotice>();
        services.AddSingleton<SignInLinkCommand>();
        services.AddSingleton<BrowserCookie>();
        services.AddSingleton<BrowserLinks>();
        services.AddSingleton(new SecretPath($"{PageRoutes.SignInLink}/", PageRoutes.SignInLink));
        services.AddSingleton(new SecretPath($"{PageRoutes.BrowserLink}/", PageRoutes.BrowserLink));
        services.AddSingleton<SessionRule>();
        services.AddSingleton<SessionGuard>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<SessionGuard>());
        services.AddSingleton<OpenSessions>();
        services.AddSingleton<EndedSessions>();
        services.AddScoped<SessionStarter>();
        services.AddCircuitSessions();
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

    public static void MapAccounts(this IEndpointRouteBuilder endpoints) => endpoints.MapSessions();

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
