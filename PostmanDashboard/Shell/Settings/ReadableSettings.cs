using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Console;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Logging;

namespace PostmanDashboard.Shell.Settings;

/// <summary>Makes the application of its settings, or says in one line which of them can't be read.</summary>
public static class ReadableSettings
{
    public static bool TryCreateBuilder(this CommandLine commandLine, [NotNullWhen(true)] out WebApplicationBuilder? builder)
    {
        try
        {
            builder = DefaultSettings.CreateBuilder(commandLine.Settings);
        }
        catch (InvalidDataException broken)
        {
            StartUp.Refuse($"{broken.Message.TrimEnd('.')}: {broken.GetBaseException().Message.Split('\n')[0].TrimEnd()}");
            builder = null;
            return false;
        }

        if (commandLine.Word is not null)
        {
            // What a command prints is for whoever called it; the log goes beside that.
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        return true;
    }

    public static bool TryBuild(this WebApplicationBuilder builder, [NotNullWhen(true)] out WebApplication? app)
    {
        var errors = builder.FindSettingErrors().ToList();
        if (errors.Count > 0)
        {
            StartUp.Refuse(string.Join(" ", errors));
        }

        app = errors.Count > 0 ? null : builder.Build();
        return app is not null;
    }

    /// <returns>A sentence for each setting that nobody would read as it is meant.</returns>
    internal static IEnumerable<string> FindSettingErrors(this WebApplicationBuilder builder)
    {
        var sections = builder.Services.Select(service => service.ImplementationInstance).OfType<SettingsSection>().ToList();
        return [.. new SettingNames(builder.Configuration, sections).FindErrors(), .. LogLevels.FindErrors(builder.Configuration),
            .. LogFormats.FindErrors(builder.Configuration)];
    }
}
