using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Security;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Messages.Export;

/// <summary>The list of the page Messages as a file.</summary>
internal static class MessageExportEndpoint
{
    /// <summary>For whoever is signed in, with the parameters of the page.</summary>
    public static void MapMessageExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(PageRoutes.MessageExport, Export)
            .RequireAuthorization(Policies.SignedIn).LimitReads(ReadLimits.Many).ExcludeFromDescription().AnswerHead();

    private static Results<PushStreamHttpResult, BadRequest> Export(
        HttpContext context, MessageLists messages, OpenSessions sessions, DateTimeZone zone, TimeProvider clock,
        string? status, string? tag, string? key, string? from, string? to, string? search, string? recipient)
    {
        // Passed over, as the page does with what it can't read, the file would hold everything.
        if (context.Request.Query.Any(parameter => parameter.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)))
        {
            return TypedResults.BadRequest();
        }

        var filter = MessageSearch.Read(status, tag, key, from, to, search ?? recipient).ToFilter(zone);
        var found = sessions.WhileHoldsAsync(
            context.User, messages.StreamAsync(context.User.AccountId(), filter, context.RequestAborted), context.RequestAborted);
        var today = AgencyCalendar.DayOf(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            output => MessageCsv.WriteAsync(output, found, zone, context.RequestAborted), "text/csv; charset=utf-8", $"messages-{today}.csv");
    }
}
