using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace PostmanDashboard.Shell.Settings;

/// <summary>
/// Finds settings that nobody would read: misspelt names in our sections, misspelt sections, and values that aren't what the setting takes.
/// What other programs have in the environment is left alone.
/// </summary>
public sealed class SettingNames(IConfiguration configuration, IReadOnlyCollection<SettingsSection> sections)
{
    /// <summary>Sections of the framework that operators write as well. What is in them is the framework's.</summary>
    private static readonly string[] OfTheFramework = ["Logging", "Kestrel"];

    /// <returns>A sentence for each; none when all is well.</returns>
    public IEnumerable<string> FindErrors() => configuration.GetChildren()
        .SelectMany(child => sections.Where(section => Same(section.Name, child.Key)).ToList() is { Count: > 0 } known
            ? CheckNames(child, known.SelectMany(section => Settable(section.Options)))
            : CheckSection(child));

    /// <summary>Whether a name may be meant by another one: two of its letters may be wrong, or one of a short name.</summary>
    internal static string? Nearest(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Distance: EditDistance.Between(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= (candidate.Name.Length > 4 ? 2 : 1))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    private IEnumerable<string> CheckSection(IConfigurationSection section)
    {
        string[] known = [.. sections.Select(one => one.Name), .. OfTheFramework];
        // A lone value is someone else's: MAIL and DISPLAY are in many environments.
        if (section.GetChildren().Any() && !known.Contains(section.Key, StringComparer.OrdinalIgnoreCase) && Nearest(section.Key, known) is { } meant)
        {
            yield return $"{section.Key} is not a section of the settings. Did you mean {meant}?";
        }
    }

    private static IEnumerable<string> CheckNames(IConfigurationSection section, IEnumerable<PropertyInfo> properties)
    {
        var known = properties.ToList();
        return section.GetChildren().SelectMany(child => known.Find(property => Same(property.Name, child.Key)) is { } property
            ? CheckValue(child, property)
            : [NotASetting(child, known)]);
    }

    private static string NotASetting(IConfigurationSection child, IReadOnlyCollection<PropertyInfo> known) =>
        Nearest(child.Key, known.Select(property => property.Name)) is { } meant
            ? $"{child.Path} is not a setting. Did you mean {Beside(child, meant)}?"
            : $"{child.Path} is not a setting. There are: {string.Join(", ", known.Select(property => Beside(child, property.Name)))}.";

    private static string Beside(IConfigurationSection child, string name) => $"{child.Path[..^child.Key.Length]}{name}";

    private static IEnumerable<string> CheckValue(IConfigurationSection setting, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string) || typeof(IEnumerable).IsAssignableFrom(type))
        {
            return [];
        }

        return type.IsPrimitive || type.IsEnum || type == typeof(TimeSpan)
            ? CanBeRead(setting.Value, type) ? [] : [$"{setting.Path} is “{setting.Value}”, but it takes {Allowed(type, property)}."]
            : CheckNames(setting, Settable(type));
    }

    private static bool CanBeRead(string? value, Type type)
    {
        try
        {
            return value is null || TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Allowed(Type type, PropertyInfo property) => type switch
    {
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a length of time like 00:05:00 (five minutes) or 1.00:00:00 (a day)",
        _ when property.GetCustomAttribute<RangeAttribute>() is { } range =>
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {range.Minimum} to {range.Maximum}"),
        _ => "a whole number",
    };

    private static IEnumerable<PropertyInfo> Settable(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite || typeof(IEnumerable).IsAssignableFrom(property.PropertyType));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
