using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>Refusals without a text get the page of <c>/not-found</c>, which says what happened and keeps the status.</summary>
public static class StatusPages
{
    public static void UseStatusPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute(PageRoutes.NotFound, createScopeForStatusCodePages: true);
        app.Use(KeepToPagesAsync);
    }

    /// <summary>A page answers a link or a form. Whoever calls in another way is a program, and only confused by one.</summary>
    private static Task KeepToPagesAsync(HttpContext context, RequestDelegate next)
    {
        var (request, pages) = (context.Request, context.Features.Get<IStatusCodePagesFeature>());
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page that says what happened is only read. As a form it would be refused for the token of the first one, without a word.
            request.Method = HttpMethods.IsHead(request.Method) ? HttpMethods.Head : HttpMethods.Get;
        }

        else if (IsPageOfFailure(request.Path) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            // They are pages like others, with addresses of their own, and nobody has a form for them.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        if (pages is not null && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.HasFormContentType)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    private static bool IsPageOfFailure(PathString path) => path == PageRoutes.Error || path == PageRoutes.NotFound;

    /// <summary>
    /// Answers a form whose antiforgery token doesn't hold any more, so that everyone gets the page that says so: in Development
    /// pages themselves would answer with a line for programmers. Stands after the check of the token.
    /// </summary>
    public static void UseStaleFormPage(this WebApplication app) => app.Use((context, next) =>
    {
        var isChecked = context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true };
        if (!isChecked || context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}
