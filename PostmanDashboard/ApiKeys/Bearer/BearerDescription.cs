using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>What the OpenAPI document says of keys: how one is sent, what is answered when it is refused, and the headers that tell of its end.</summary>
internal static class BearerDescription
{
    private const string SchemeName = "apiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.AddComponent(SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key from the Settings page: `Authorization: Bearer pgsg_…`",
            });
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAnswersAsync);
    }

    private static async Task DescribeAnswersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
        {
            response.AddExpiryHeaders();
        }

        await AddRefusalAsync(
            StatusCodes.Status400BadRequest, "The request can't be read (`malformed`): it has several Authorization headers.", BearerRefusal.SeveralCredentials);
        await AddRefusalAsync(
            StatusCodes.Status401Unauthorized, "No key was sent, or one that opens nothing (`unauthenticated`).", BearerRefusal.For(ApiKeyRefusal.Expired));

        async Task AddRefusalAsync(int status, string description, BearerRefusal example)
        {
            var response = await operation.AddProblemAsync(context, status, description, cancellationToken);
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["WWW-Authenticate"] = Header("What to send, and why what was sent is refused (RFC 6750).", example.Challenge),
            };
        }
    }

    /// <summary>Adds what comes with every answer to a live key.</summary>
    public static void AddExpiryHeaders(this OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[ExpiryHeaders.Expires] = Header("When the key that was sent expires.", "2026-07-05T09:00:00.000Z", "date-time");
        response.Headers[ExpiryHeaders.Warning] = Header("Only in the key's last month: how long it has left.", "expires in 23 days");
    }

    private static OpenApiHeader Header(string description, string example, string? format = null) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
        Example = example,
    };
}
