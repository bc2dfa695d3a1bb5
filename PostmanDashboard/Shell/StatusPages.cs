using Microsoft.AspNetCore.Diagnostics;

namespace PostmanDashboard.Shell;

/// <summary>Refusals without a text get the page of <c>/not-found</c>, which says what happened and keeps the status.</summary>
public static class StatusPages
{
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(KeepToPagesAsync);
    }

    /// <summary>A page answers a link or a form. Whoever calls in another way is a program, and only confused by one.</summary>
    private static Task KeepToPagesAsync(HttpContext context, RequestDelegate next)
    {
        var (request, pages) = (context.Request, context.Features.Get<IStatusCodePagesFeature>());
        if (pages is not null && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.HasFormContentType)
        {
            pages.Enabled = false;
        }

        return next(context);
    }
}
