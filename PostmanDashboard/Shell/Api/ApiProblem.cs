using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using PostmanDashboard.Shell.Api.Answers;

namespace PostmanDashboard.Shell.Api;

/// <summary>Why a call failed: problem details (RFC 9457), with two more members that Postman's clients read.</summary>
/// <param name="Type">Always about:blank: the status and the code say what kind of problem it is.</param>
/// <param name="Title">The name of the status.</param>
/// <param name="Status">The HTTP status of this answer.</param>
/// <param name="Detail">The same as message.</param>
/// <param name="Code">What went wrong, for programs. It stays the same when the wording of the message changes.</param>
/// <param name="Message">What went wrong and what to do, for people.</param>
/// <param name="Errors">By field, everything that is wrong with it. Left out where it isn't about fields.</param>
public sealed record ApiProblem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null)
{
    public const string ContentType = "application/problem+json";

    public static ApiProblem Create(int status, string code, string message) =>
        new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, message, code, message);

    /// <summary>The default message of a status.</summary>
    public static ApiProblem For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Create(status, ApiProblemCode.Malformed, "The request can't be read. Compare it with the description of this call."),
        StatusCodes.Status401Unauthorized => Create(status, ApiProblemCode.Unauthenticated, "Send an API key in the header Authorization: Bearer pgsg_…"),
        StatusCodes.Status403Forbidden => Create(status, ApiProblemCode.Unauthorized, "This API key may not do that."),
        StatusCodes.Status404NotFound => Create(status, ApiProblemCode.NotFound, "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed =>
            Create(status, ApiProblemCode.ApiValidation, "This method isn't allowed here. See the Allow header for those that are."),
        StatusCodes.Status413PayloadTooLarge => Create(status, ApiProblemCode.ApiValidation, "The request is too large."),
        StatusCodes.Status415UnsupportedMediaType => Create(status, ApiProblemCode.Malformed, "This Content-Type isn't supported here."),
        StatusCodes.Status429TooManyRequests => Create(status, ApiProblemCode.RateLimit, "Too many requests. Wait, then send them more slowly."),
        < StatusCodes.Status500InternalServerError => Create(status, ApiProblemCode.ApiValidation, "The request can't be accepted as it is."),
        _ => Create(status, ApiProblemCode.InternalServer, "Something went wrong on our side. Try again later."),
    };

    /// <summary>The answer of an endpoint.</summary>
    public JsonHttpResult<ApiProblem> ToResult() => TypedResults.Json(this, options: null, ContentType, Status);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.WriteShortJsonAsync(this, ContentType);
    }
}
