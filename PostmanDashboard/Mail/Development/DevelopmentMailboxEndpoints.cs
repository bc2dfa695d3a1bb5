using Microsoft.AspNetCore.Http.HttpResults;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.Mail.Development;

internal static class DevelopmentMailboxEndpoints
{
    /// <summary>Pages for whoever tries the program: mails without a mail server. Open to anyone, so never outside Development.</summary>
    public static void MapDevelopmentMailbox(this IEndpointRouteBuilder endpoints)
    {
        var mailbox = endpoints.MapGroup(PageRoutes.DevelopmentMailbox).AllowAnonymous().ExcludeFromDescription();
        mailbox.MapGet("/", ListAsync);
        mailbox.MapGet("/{name}", ReadAsync);
    }

    private static async Task<IResult> ListAsync(DevelopmentMailbox mailbox, IServiceProvider services, CancellationToken cancellationToken) =>
        services.UsesSmtp()
            ? TypedResults.NotFound()
            : Page<MailboxPage>(new { Mails = await mailbox.ListAsync(cancellationToken) });

    private static async Task<IResult> ReadAsync(
        string name, DevelopmentMailbox mailbox, IServiceProvider services, CancellationToken cancellationToken) =>
        !services.UsesSmtp() && await mailbox.FindAsync(name, cancellationToken) is { } mail
            ? Page<MailPage>(new { Mail = mail })
            : TypedResults.NotFound();

    private static RazorComponentResult<TPage> Page<TPage>(object parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        new(parameters) { PreventStreamingRendering = true };
}
