using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Messages.RateLimits;
using PostmanDashboard.Messages.Sending.Receipts;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>What the OpenAPI document says of sending beyond what its records do: the header, an example, and each error.</summary>
internal static class SendDescription
{
    private static readonly (int Status, string Description)[] Problems =
    [
        (StatusCodes.Status400BadRequest, """
            The request can't be accepted. `errors` says by field everything that is wrong. `code` is `invalid_recipient` (the recipient isn't an
            address, or one of the recipient, `cc` and `bcc` is held back because it bounced for good), `too_many_recipients`, `invalid_from_address`,
            `invalid_template` (nothing is left of the body after cleaning) or `attachment_format` (files that can't be sent, or not in this
            Content-Type) where that is all that is wrong, `malformed` where there is no JSON object and no form to be read or there are several
            Authorization headers, and `api_validation` otherwise.
            """),
        (StatusCodes.Status413PayloadTooLarge,
            "There are more than 10 attachments, or more than 10 MB of them (`attachment_limit`); or the request is, without files, larger than any " +
            "message may be (`api_validation`)."),
        (StatusCodes.Status415UnsupportedMediaType, "The Content-Type is another one, its charset isn't UTF-8, or the body is compressed (`malformed`)."),
        (StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used for another request in the last 24 hours (`api_validation`)."),
    ];

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        DescribeHeaders((OpenApiResponse)operation.Responses!["201"]);
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = SendEndpoint.IdempotencyHeader,
                In = ParameterLocation.Header,
                Description = "A unique name for this send, 1 to 255 visible ASCII characters. The same request with the same name, within 24 " +
                    "hours, sends nothing more and answers with the message of the first, as it is by then.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = SendReceipt.KeyMaxLength },
                Example = "grant-2026-00417",
            },
        ];
        operation.RequestBody = await SendContents.DescribeAsync(context, cancellationToken);
        operation.RequestBody.Content![SendContents.Json].Example = new JsonObject
        {
            ["recipient"] = "raj@example.com",
            ["subject"] = "Your grant is approved",
            ["body"] = "<p>Dear Raj</p><p>Your grant is approved.</p>",
            ["tag"] = "grants",
        };
        foreach (var (status, description) in Problems)
        {
            await operation.AddProblemAsync(context, status, description, cancellationToken);
        }

        await operation.AddSendLimitAsync(context, cancellationToken);
    }

    private static void DescribeHeaders(OpenApiResponse accepted)
    {
        accepted.Headers ??= new Dictionary<string, IOpenApiHeader>();
        accepted.Headers["Location"] = new OpenApiHeader
        {
            Description = "Where to check the status of the message.",
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" },
            Example = $"{ApiRoutes.Messages}/019aef40-0c3b-7a52-8d0e-2f6b1c9e4d77",
        };
        accepted.Headers[SendEndpoint.ReplayedHeader] = new OpenApiHeader
        {
            Description = "`true` when this is the answer to an earlier send of this Idempotency-Key, and nothing else was sent.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
        };
    }
}
