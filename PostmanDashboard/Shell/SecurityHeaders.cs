namespace PostmanDashboard.Shell;

/// <summary>What browsers are told not to do with our pages.</summary>
internal static class SecurityHeaders
{
    private const string ForReaders = "readers";

    /// <summary>Pages of libraries that need scripts and styles in the page itself. None of them shows what a person typed without encoding it.</summary>
    private static readonly PathString[] LibraryPages = ["/docs/api", "/hangfire"];

    public static void AddSecurityHeaders(this WebApplicationBuilder builder) => builder.Services.AddSecurityHeaderPolicies()
        .SetDefaultPolicy(policies => AddTo(policies, scriptsInPage: false))
        .AddPolicy(ForReaders, policies => AddTo(policies, scriptsInPage: true))
        .SetPolicySelector(context =>
            LibraryPages.Any(page => context.HttpContext.Request.Path.StartsWithSegments(page))
                ? context.ConfiguredPolicies[ForReaders]
                : context.SelectedPolicy);

    private static void AddTo(HeaderPolicyCollection policies, bool scriptsInPage) => policies
        .AddDefaultSecurityHeaders()
        .AddReferrerPolicyNoReferrer()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            var scripts = csp.AddScriptSrc().Self();
            if (scriptsInPage)
            {
                scripts.UnsafeInline();
            }

            // MudBlazor sets positions and colours by style attributes.
            csp.AddStyleSrc().Self().UnsafeInline();
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self().Data();
            csp.AddConnectSrc().Self();
            csp.AddObjectSrc().None();
            csp.AddBaseUri().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });
}
