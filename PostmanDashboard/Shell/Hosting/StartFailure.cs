using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Shell.Hosting;

/// <summary>Says what an operator has to change when something of a feature's own ends a start.</summary>
/// <returns>Sentences in one line, or null for a failure that isn't the feature's.</returns>
public delegate string? ExplainFailure(Exception failure);

/// <summary>What an operator has to change, for the failures that a start is known to end with.</summary>
internal static class StartFailure
{
    private const string AnnotationsSay = "with the error: '";
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

    /// <returns>Sentences in one line, or null for a failure that nobody foresaw, which then shows itself in full.</returns>
    public static string? Explain(this WebApplication app, Exception failure) => failure switch
    {
        OptionsValidationException invalid => Sentences(invalid.Failures),
        AggregateException { InnerExceptions: [OptionsValidationException, ..] } several =>
            Sentences(several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(one => one.Failures)),
        InvalidOperationException { Source: Binder } unreadable => unreadable.Message,
        IOException { InnerException: AddressInUseException } => PortIsTaken(app),
        SocketException or FormatException or { Source: Kestrel } => CannotListen(app, failure.Message),
        _ => app.Services.GetServices<ExplainFailure>().Select(explain => explain(failure)).FirstOrDefault(explanation => explanation is not null),
    };

    /// <summary>Our own words alone: annotations wrap them in <c>DataAnnotation validation failed for … with the error: '…'.</c></summary>
    private static string Sentences(IEnumerable<string> failures) => string.Join(" ", failures.Select(failure =>
        failure.IndexOf(AnnotationsSay, StringComparison.Ordinal) is >= 0 and var before
            ? failure[(before + AnnotationsSay.Length)..].TrimEnd('.').TrimEnd('\'')
            : failure));

    private static string PortIsTaken(WebApplication app) =>
        $"Another program listens at {app.Configuration["Urls"]} already. Stop it, or set ASPNETCORE_URLS to another address.";

    private static string CannotListen(WebApplication app, string why) =>
        $"It can't listen at {app.Configuration["Urls"]} (ASPNETCORE_URLS): {FirstLine(why)}";

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
