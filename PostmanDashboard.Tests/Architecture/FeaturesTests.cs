using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Architecture;

/// <summary>How a feature joins the program: <c>AddX</c>, <c>UseX</c>, <c>MapX</c>.</summary>
public sealed partial class FeaturesTests
{
    /// <summary>What an <c>Add</c> may be told: the host isn't among it, so that tests can compose features without one.</summary>
    private static readonly Type[] Told = [typeof(IConfiguration), typeof(IHostEnvironment), typeof(string)];

    /// <summary>An <c>Add</c> that adds to an answer rather than to the program.</summary>
    private static readonly Type[] Answers = [typeof(HttpResponse), typeof(OpenApiOperation)];

    [Fact]
    public void Add_adds_to_services_and_is_told_no_more_than_settings_and_environment() => Assert.Empty(Extensions("Add")
        .Where(method => !Answers.Contains(Extended(method)))
        .Where(method => Extended(method) != typeof(IServiceCollection) || !method.GetParameters().Skip(1).All(next => Told.Contains(next.ParameterType)))
        .Select(Named));

    [Fact]
    public void Use_adds_middleware_to_the_application() => Assert.Empty(Extensions("Use")
        .Where(method => !typeof(IApplicationBuilder).IsAssignableFrom(Extended(method)))
        .Select(Named));

    /// <summary>What has routes alone can't add middleware.</summary>
    [Fact]
    public void Map_knows_routes_and_no_middleware() => Assert.Empty(Extensions("Map")
        .Where(method => Extended(method) != typeof(IEndpointRouteBuilder))
        .Select(Named));

    [Fact]
    public void Tests_compose_the_features_that_the_program_composes() => Assert.Equal(
        Composed("PostmanDashboard/Program.cs"), Composed("PostmanDashboard.Tests/Testing/Application/ComposedFeatures.cs"));

    private static IEnumerable<string> Composed(string file) =>
        Feature().Matches(File.ReadAllText(Path.Combine(BuildPaths.Find("Repository"), file))).Select(match => match.Value);

    [GeneratedRegex(@"(?<=\bservices\.)Add\w+(?=\(\)|\(configuration)")]
    private static partial Regex Feature();

    private static List<MethodInfo> Extensions(string beginning)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        // Without what the compiler's helpers generate.
        var methods = typeof(Program).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(nameof(PostmanDashboard), StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetMethods(Any))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && IsWord(method.Name, beginning))
            .ToList();
        Assert.NotEmpty(methods);
        return methods;
    }

    private static bool IsWord(string name, string beginning) =>
        name.StartsWith(beginning, StringComparison.Ordinal) && name.Length > beginning.Length && char.IsUpper(name[beginning.Length]);

    private static Type Extended(MethodInfo method) => method.GetParameters()[0].ParameterType;

    private static string Named(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
