using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Messages.Limits;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.MessageFields.Names;

namespace PostmanDashboard.Messages.Endpoints;

/// <summary>What the OpenAPI document says of a message that is sent as a form: the generator sees JSON alone.</summary>
internal static class SendFormDescription
{
    public static void Configure(OpenApiOptions options) => options.AddOperationTransformer(DescribeAsync);

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<CountsAsSend>().Any())
        {
            return;
        }

        operation.RequestBody ??= new OpenApiRequestBody { Required = true };
        var body = (OpenApiRequestBody)operation.RequestBody;
        body.Content ??= new Dictionary<string, OpenApiMediaType>();
        body.Content[SentForm.ContentType] = new OpenApiMediaType { Schema = Schema() };
        await operation.AddProblemAsync(
            context,
            StatusCodes.Status413PayloadTooLarge,
            $"More than {SentForm.MaxFiles} attachments, or more than 10 MB of them (`attachment_limit`); or texts far longer than they may be (`api_validation`).",
            cancellationToken);
    }

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { Names.Recipient, Names.Subject, Names.Body },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            [Names.Recipient] = Text("The address that it goes to."),
            [Names.Subject] = Text("The subject.", Message.SubjectMaxLength),
            [Names.Body] = Text("HTML; at most 1 MiB as UTF-8."),
            [Names.From] = Text("The service’s address under any name, or the account’s own address. Without it, the service’s."),
            [Names.ReplyTo] = Text("Where answers go. Without it, to the account."),
            [Names.Cc] = List(Text("One address for each field of this name."), "Who gets a copy."),
            [Names.Bcc] = List(Text("One address for each field of this name."), "Who gets a copy that the others don’t see."),
            [Names.Classification] = Classification(),
            [Names.Tag] = Text("What you file it under.", Message.TagMaxLength),
            [SentForm.FilesField] = Files(),
        },
    };

    private static OpenApiSchema Text(string description, int? maxLength = null) =>
        new() { Type = JsonSchemaType.String, Description = description, MaxLength = maxLength };

    private static OpenApiSchema List(OpenApiSchema items, string description) =>
        new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    private static OpenApiSchema Classification()
    {
        var text = Text("What it is for.");
        text.Enum = [JsonValue.Create("URGENT"), JsonValue.Create("FOR_ACTION"), JsonValue.Create("FOR_INFO")];
        return text;
    }

    private static OpenApiSchema Files()
    {
        var file = Text($"A file with its name. Allowed are {FileTypes.Allowed}; the content must be what the name says, and have no macros.");
        file.Format = "binary";
        var files = List(file, "The files that go with it, 10 MB in all.");
        files.MaxItems = SentForm.MaxFiles;
        return files;
    }
}
