using Microsoft.Extensions.Options;

namespace PostmanDashboard.Shell.Settings;

/// <summary>A group of settings of ours, and the type that says which names are in it.</summary>
public sealed record SettingsSection(string Name, Type Options);

public static class SettingsSections
{
    /// <summary>Binds a section of the settings, checks it at the start, and makes its names known to <see cref="SettingNames"/>.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddSingleton(new SettingsSection(section, typeof(T)));
        return services.AddOptionsWithValidateOnStart<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations();
    }
}
