namespace PostmanDashboard.Shell.Api;

/// <summary>The values of <c>code</c> in a problem, as the clients of Postman know them.</summary>
public static class ApiProblemCode
{
    public const string ApiValidation = "api_validation";
    public const string InvalidRecipient = "invalid_recipient";
    public const string TooManyRecipients = "too_many_recipients";
    public const string InvalidFromAddress = "invalid_from_address";
    public const string InvalidTemplate = "invalid_template";
    public const string Malformed = "malformed";
    public const string Unauthenticated = "unauthenticated";
    public const string Unauthorized = "unauthorized";
    public const string NotFound = "not_found";
    public const string AttachmentFormat = "attachment_format";
    public const string AttachmentLimit = "attachment_limit";
    public const string RateLimit = "rate_limit";
    public const string InternalServer = "internal_server";
}
