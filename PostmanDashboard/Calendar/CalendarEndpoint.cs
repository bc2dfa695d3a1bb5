using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.Shell.Security;

namespace PostmanDashboard.Calendar;

/// <summary>Answers calendar programs, which have no session: whoever knows the address may read what is at it.</summary>
internal static class CalendarEndpoint
{
    private const string MediaType = "text/calendar";
    private const string Extension = ".ics";

    public static void MapCalendar(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(CalendarSetup.Inside, [HttpMethods.Get, HttpMethods.Head], ReadAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<Results<ContentHttpResult, NotFound>> ReadAsync(CalendarFeeds feeds, ExpiryCalendar calendar, HttpContext context)
    {
        if (ReadSecret(context) is not { } secret || await feeds.FindOwnerAsync(secret, context.RequestAborted) is not { } owner)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ContentDisposition =
            new ContentDisposition { DispositionType = DispositionTypeNames.Inline, FileName = "api-keys.ics" }.ToString();
        return TypedResults.Text(await calendar.WriteAsync(owner, context.RequestAborted), MediaType, System.Text.Encoding.UTF8);
    }

    private static CalendarSecret? ReadSecret(HttpContext context) =>
        context.Features.Get<PathSecret>()?.Plaintext is { } name && name.EndsWith(Extension, StringComparison.Ordinal)
            ? CalendarSecret.Read(name[..^Extension.Length])
            : null;
}
