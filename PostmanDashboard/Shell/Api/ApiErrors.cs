namespace PostmanDashboard.Shell.Api;

/// <summary>Programs that call <c>/v1</c> get a problem for every error, never a page and never a stack trace.</summary>
public static class ApiErrors
{
    /// <summary>Call this after the pages' handlers of errors: whoever stands further in answers first, and leaves them nothing to do.</summary>
    public static void UseApiErrors(this IApplicationBuilder app) => app.UseWhen(context => context.Request.IsForApi(), api =>
    {
        api.Use(ForbidStoringAsync);
        api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            // The caller's mistake, not ours: an error in the log would send the operator looking for nothing.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
            ExceptionHandler = WriteProblemAsync,
        });
        api.UseStatusCodePages(pages => WriteProblemAsync(pages.HttpContext));
    });

    public static bool IsForApi(this HttpRequest request) => request.Path.StartsWithSegments(ApiRoutes.Root);

    private static Task WriteProblemAsync(HttpContext context) => ApiProblem.For(context.Response.StatusCode).WriteAsync(context);

    private static Task ForbidStoringAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment, because an exception clears the headers that were set before.
        context.Response.OnStarting(
            static response =>
            {
                ((HttpResponse)response).Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
