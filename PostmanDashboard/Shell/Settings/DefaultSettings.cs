using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace PostmanDashboard.Shell.Settings;

/// <summary>Finds the file of default settings, which is at the top of the repository and is copied next to the program.</summary>
public static class DefaultSettings
{
    /// <summary>A builder that reads the defaults beside the program first, so that everything else (files, environment, arguments) goes before them.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = PublishedFolder() });
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource { Path = Beside("appsettings.json") }.Resolved());
        builder.Configuration.Sources.Insert(1, new JsonConfigurationSource
        {
            Path = Beside($"appsettings.{builder.Environment.EnvironmentName}.json"),
            Optional = true,
        }.Resolved());
        builder.Configuration.Sources.Insert(AfterFiles(builder), new EnvironmentVariablesConfigurationSource { Prefix = "ASPNETCORE_" });
        FixedSettings.Add(builder.Configuration);
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <returns>Null, which means the current folder, unless the pages' files lie beside the program, as they do once it is published.</returns>
    private static string? PublishedFolder() => Directory.Exists(Beside("wwwroot")) ? AppContext.BaseDirectory : null;

    /// <summary>ASP.NET Core puts its own variables before the files, so that <c>Urls</c> in a file would make ASPNETCORE_URLS do nothing.</summary>
    private static int AfterFiles(WebApplicationBuilder builder) =>
        builder.Configuration.Sources.ToList().FindLastIndex(source => source is JsonConfigurationSource) + 1;

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static JsonConfigurationSource Resolved(this JsonConfigurationSource source)
    {
        source.ResolveFileProvider();
        return source;
    }
}
