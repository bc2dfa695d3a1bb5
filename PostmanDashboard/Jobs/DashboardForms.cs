namespace PostmanDashboard.Jobs;

/// <summary>Hangfire's pages read a form of every post, and end in an exception where there is none: the sender's error (400), not ours.</summary>
internal static class DashboardForms
{
    public static void UseDashboardForms(this WebApplication app, PathString dashboard) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(dashboard) || !HttpMethods.IsPost(request.Method) || request.HasFormContentType)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });
}
