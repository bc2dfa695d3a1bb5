using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>The cookie that binds a code to the browser that asked for it.</summary>
internal static class FlowCookie
{
    private const string Name = "Postman.SignIn";

    public static string? Read(HttpContext context) => context.Request.Cookies[Name];

    public static void Write(HttpContext context, string flowSecret) =>
        context.Response.Cookies.Append(Name, flowSecret, Options(context, SignInCode.Lifetime));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, maxAge: null));

    private static CookieOptions Options(HttpContext context, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = maxAge,
        Path = PageRoutes.SignIn,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
