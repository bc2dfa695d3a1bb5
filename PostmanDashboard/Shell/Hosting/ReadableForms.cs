using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>Reads the form of a page before anything else does, so that one that can't be read is the sender's error (400) and not ours.</summary>
internal static class ReadableForms
{
    /// <summary>Call this once it is known which endpoint answers, and before antiforgery tokens are checked.</summary>
    public static void UseReadableForms(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint() is null || context.Request.IsForApi() || !HasForm(context.Request) || await TryReadAsync(context))
        {
            await next(context);
        }
    });

    private static bool HasForm(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.HasFormContentType;

    /// <remarks>What is read is kept with the request, for everyone who asks for it later.</remarks>
    private static async Task<bool> TryReadAsync(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (BadHttpRequestException bad)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
        catch (Exception failure) when (failure is InvalidDataException or NotSupportedException or ArgumentException or IOException)
        {
            // No boundary, too many fields, a charset that nobody should use, or a body that ends too early.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return false;
    }
}
