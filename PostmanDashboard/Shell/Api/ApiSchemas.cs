using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PostmanDashboard.Shell.Api;

/// <summary>Puts right in the OpenAPI document what the generator can't know of how answers are written.</summary>
internal static partial class ApiSchemas
{
    public static string? NameOf(JsonTypeInfo type) => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } otherwise
        ? type.Type.GetCustomAttribute<SchemaNameAttribute>()?.Name ?? otherwise
        : null;

    public static Task CorrectAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // The converter of instants hides that they are strings.
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }

        // Where our comments go on in another line, a description has one sentence after another.
        schema.Description = schema.Description is { } text ? LineBreak().Replace(text, " ") : null;
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => IsLeftOutWhenNull(member) || Has<RequiredAttribute>(member)))
        {
            if (IsLeftOutWhenNull(member))
            {
                schema.Required?.Remove(member.Name);
            }

            if (schema.Properties?.TryGetValue(member.Name, out var described) == true)
            {
                NeverNull(described);
            }
        }

        return Task.CompletedTask;
    }

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineBreak();

    private static bool Has<T>(JsonPropertyInfo member) => member.AttributeProvider?.IsDefined(typeof(T), inherit: true) == true;

    private static bool IsLeftOutWhenNull(JsonPropertyInfo member) =>
        member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    private static void NeverNull(IOpenApiSchema described)
    {
        if (described is OpenApiSchema schema)
        {
            schema.Type &= ~JsonSchemaType.Null;
            // By this the generator remembers to write “null or a reference” later.
            schema.Metadata?.Remove("x-is-nullable-property");
        }
    }
}
