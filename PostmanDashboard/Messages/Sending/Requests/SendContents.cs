using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Messages.Attachments;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>The ways in which a message may be written, as the OpenAPI document tells them.</summary>
/// <remarks>By hand: an endpoint that accepted these types by its metadata would be passed by for others, and with it the check of the key.</remarks>
internal static class SendContents
{
    public const string Json = "application/json";

    public static async Task<OpenApiRequestBody> DescribeAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        document.AddComponent(nameof(MessageFields), await context.GetOrCreateSchemaAsync(typeof(MessageFields), null, cancellationToken));
        var fields = new OpenApiSchemaReference(nameof(MessageFields), document);
        return new OpenApiRequestBody
        {
            Required = true,
            Description = "JSON, an urlencoded form (what curl -d sends), or multipart/form-data when files go with the message. Several " +
                "copies are several fields of one name in a form, and a file in a field that isn’t described is refused.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new() { Schema = fields },
                [UrlEncodedForm.ContentType] = new() { Schema = fields },
                [MultipartForm.ContentType] = new() { Schema = new OpenApiSchema { AllOf = [fields, Files()] } },
            },
        };
    }

    private static OpenApiSchema Files() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            [MultipartForm.FilesField] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MaxItems = MultipartForm.MaxFiles,
                Description = $"The files that go with it, 10 MB in all. Allowed are {FileTypes.Allowed}; the content must be what the name says, and " +
                    $"hold no macros. The body shows the first of them as cid:0, the second as cid:1, and so on.",
                Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "A file with its name." },
            },
        },
    };
}
