using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.ApiKeys.Bearer;

/// <summary>What the OpenAPI document says about keys: how to send one, the responses when it is rejected, and the expiry headers.</summary>
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
            DescribeHeaders(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeRefusalsAsync);
    }

    private static async Task DescribeRefusalsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        await operation.AddProblemAsync(
            context, StatusCodes.Status400BadRequest, "The request can't be read (`malformed`): it has several Authorization headers.", cancellationToken);
        var reads = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredAccess>().Any(required => required.Need is KeyNeed.Read);
        await operation.AddProblemAsync(context, StatusCodes.Status403Forbidden,
            $"The key may not be called from this network{(reads ? ", or may only send" : "")} (`unauthorized`). `message` says what to change.",
                cancellationToken);
        await operation.AddProblemAsync(
            context, StatusCodes.Status401Unauthorized, "No key was sent, or one that isn't valid (`unauthenticated`).", cancellationToken);
    }

    /// <summary>At the end, when every operation has described all of its answers.</summary>
    private static void DescribeHeaders(OpenApiDocument document)
    {
        foreach (var (status, response) in document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Responses!))
        {
            var described = (OpenApiResponse)response;
            var headers = described.Headers ??= new Dictionary<string, IOpenApiHeader>();
            if (status != "401")
            {
                // Where the request can't be read, or the database can't, we don't get to know the key.
                headers[ExpiryHeaders.Expires] = Header(
                    "When the key that was sent expires.", "2026-07-05T09:00:00.000Z", "date-time", isAlwaysSent: status is not ("400" or "500"));
                headers[ExpiryHeaders.Warning] = Header("Only in the key's last month: how long it has left.", "expires in 23 days");
            }

            if (status is "400" or "401" or "403")
            {
                var example = status switch
                {
                    "400" => BearerRefusal.SeveralCredentials,
                    "401" => BearerRefusal.For(ApiKeyRefusal.Expired),
                    _ => BearerRefusal.For(ApiKeyRefusal.Access),
                };
                headers["WWW-Authenticate"] = Header(
                    "What to send, and why what was sent is refused (RFC 6750).", example.Challenge, isAlwaysSent: status is not "400");
            }
        }
    }

    private static OpenApiHeader Header(string description, string example, string? format = null, bool isAlwaysSent = false) => new()
    {
        Description = description,
        Required = isAlwaysSent,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
        Example = example,
    };
}
