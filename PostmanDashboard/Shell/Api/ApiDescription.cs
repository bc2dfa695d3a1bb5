using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Shell.Settings;

namespace PostmanDashboard.Shell.Api;

/// <summary>What the OpenAPI document says of the API as a whole; the comments of endpoints and their records say the rest.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, context, _) =>
        {
            var root = context.ApplicationServices.GetRequiredService<PublicAddress>().Root;
            document.Info = new OpenApiInfo { Title = "Postman API", Version = DocumentName, Description = ApiGuide.For(root) };
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = ApiSchemas.NameOf;
        options.AddSchemaTransformer(ApiSchemas.CorrectAsync);
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
