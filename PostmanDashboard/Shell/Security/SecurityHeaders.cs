using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Security;

/// <summary>What browsers are told not to do with our pages.</summary>
internal static class SecurityHeaders
{
    private const string ForApi = "api";
    private const string ForReference = "reference";
    private const string ForHangfire = "hangfire";

    public static void AddSecurityHeaders(this IServiceCollection services, IConfiguration configuration)
    {
        var hasSubDomains = PublicOptions.Read(configuration).HstsIncludeSubDomains;
        services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(policies => AddTo(policies, hasSubDomains, Scripts.OurFiles))
            .AddPolicy(ForApi, policies => AddForApi(policies, hasSubDomains))
            .AddPolicy(ForReference, policies => AddTo(policies, hasSubDomains, Scripts.WithNonce))
            .AddPolicy(ForHangfire, policies => AddTo(policies, hasSubDomains, Scripts.InPage))
            .SetPolicySelector(context => context.HttpContext.Request.Path switch
            {
                var path when path.StartsWithSegments(ApiRoutes.Root) => context.ConfiguredPolicies[ForApi],
                var path when path.StartsWithSegments(PageRoutes.ApiReference) => context.ConfiguredPolicies[ForReference],
                // Hangfire's pages have scripts in them. None of them shows what a person typed without encoding it.
                var path when path.StartsWithSegments(PageRoutes.BackgroundJobs) => context.ConfiguredPolicies[ForHangfire],
                _ => context.SelectedPolicy,
            });
    }

    private enum Scripts
    {
        OurFiles,
        WithNonce,
        InPage,
    }

    private static void AddTo(HeaderPolicyCollection policies, bool hasSubDomains, Scripts allowed)
    {
        // Not no-referrer: browsers would call our own forms' origin null, which OriginGate takes from nobody.
        policies.AddDefaultSecurityHeaders().AddReferrerPolicySameOrigin();
        AddHsts(policies, hasSubDomains);

        // Camera, microphone, location and their kind: no page of ours asks for them.
        policies.AddPermissionsPolicy(permissions =>
        {
            permissions.AddDefaultSecureDirectives();
            permissions.AddPublickeyCredentialsGet().Self();
        });
        policies.AddContentSecurityPolicy(csp => AddTo(csp, allowed));
    }

    /// <summary>
    /// Its answers are read by programs. In a browser they may do nothing at all, which is shorter to say than what pages may and may not: a call pays for
    /// each byte.
    /// </summary>
    private static void AddForApi(HeaderPolicyCollection policies, bool hasSubDomains)
    {
        policies.AddFrameOptionsDeny().AddContentTypeOptionsNoSniff().AddReferrerPolicySameOrigin();
        policies.AddCrossOriginResourcePolicy(resource => resource.SameSite());
        policies.AddPermissionsPolicy(permissions =>
        {
            permissions.AddCamera().None();
            permissions.AddMicrophone().None();
            permissions.AddGeolocation().None();
        });
        policies.AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddFrameAncestors().None();
        });
        AddHsts(policies, hasSubDomains);
    }

    private static void AddHsts(HeaderPolicyCollection policies, bool hasSubDomains)
    {
        const int OneYear = 365 * 24 * 60 * 60;
        if (hasSubDomains)
        {
            policies.AddStrictTransportSecurityMaxAgeIncludeSubDomains(OneYear);
        }
        else
        {
            policies.AddStrictTransportSecurityMaxAge(OneYear);
        }
    }

    private static void AddTo(CspBuilder csp, Scripts allowed)
    {
        csp.AddDefaultSrc().Self();
        var scripts = csp.AddScriptSrc().Self();
        _ = allowed switch
        {
            Scripts.WithNonce => scripts.WithNonce(),
            Scripts.InPage => scripts.UnsafeInline(),
            _ => scripts,
        };

        // MudBlazor sets positions and colours by style attributes.
        csp.AddStyleSrc().Self().UnsafeInline();
        csp.AddImgSrc().Self().Data();
        csp.AddFontSrc().Self().Data();
        csp.AddConnectSrc().Self();
        csp.AddObjectSrc().None();
        csp.AddBaseUri().Self();
        csp.AddFormAction().Self();
        csp.AddFrameAncestors().None();
    }
}
