using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace PostmanDashboard.Shell.Api;

/// <summary>What the OpenAPI document says of the API as a whole; the comments of endpoints and their records say the rest.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";

    private const string Introduction = """
        Programs of agencies call Postman with an API key.

        **Get a key**: sign in to this dashboard, open Settings and choose *Generate API key*. The key is shown once.

        **Send it** with every call, in this header and nowhere else: `Authorization: Bearer pgsg_…`

        **Renew it** in time: a key lives six months at the most. Every answer says in `Postman-Api-Key-Expires` when that is over,
        and in the last month also in `Postman-Api-Key-Warning`. Generate a new key, change your program over, then delete the old one.

        **Errors** are problem details (RFC 9457). Let programs decide by `status` and `code`, and show people the `message`.
        Instants are UTC, written as in RFC 3339.
        """;

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Postman API", Version = DocumentName, Description = Introduction };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // The converter of instants hides from the generator that they are strings.
            schema.Type = context.JsonTypeInfo.Type switch
            {
                var type when type == typeof(DateTimeOffset) => JsonSchemaType.String,
                var type when type == typeof(DateTimeOffset?) => JsonSchemaType.String | JsonSchemaType.Null,
                _ => schema.Type,
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, cancellationToken) => operation.AddProblemAsync(
            context, StatusCodes.Status500InternalServerError, "Something went wrong on our side (`internal_server`). Try again later.", cancellationToken));
    }

    /// <summary>Adds an error that a call can answer with.</summary>
    public static async Task<OpenApiResponse> AddProblemAsync(
        this OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, string description, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        document.AddComponent(nameof(ApiProblem), await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, cancellationToken));
        operation.Responses ??= [];
        var response = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ApiProblem.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(ApiProblem), document) },
            },
        };
        operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = response;
        return response;
    }
}
