using System.Globalization;

namespace PostmanDashboard.Jobs;

/// <summary>
/// Says that Hangfire's pages are in English. They name their language after the culture of the machine, which on a server often
/// is none, and no screen reader can speak “iv”.
/// </summary>
internal static class DashboardLanguage
{
    private static readonly CultureInfo English = new UnspecificEnglish();

    public static void UseDashboardLanguage(this WebApplication app, PathString dashboard) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(dashboard))
        {
            CultureInfo.CurrentUICulture = English;
        }

        return next(context);
    });

    /// <summary>There is no asking the machine for English: one without language data refuses.</summary>
    private sealed class UnspecificEnglish() : CultureInfo("")
    {
        public override string TwoLetterISOLanguageName => "en";
    }
}
