using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Why a form as a whole can't be taken.</summary>
internal static class FormProblems
{
    /// <summary>Too long, and with a file: most likely it is that, which can't be known without reading on.</summary>
    public static ApiProblem FormWithFilesTooLong => TooMuch(FormIsTooLong);

    public static ApiProblem FormTooLong => ApiProblem.Create(StatusCodes.Status413PayloadTooLarge, ApiProblemCode.ApiValidation, FormIsTooLong);

    public static ApiProblem FilesTooLong => TooMuch($"The attachments have more than {MultipartForm.MaxFilesLength} bytes (10 MB) in all.");

    public static ApiProblem TextsTooLong => ApiProblem.Create(
        StatusCodes.Status413PayloadTooLarge,
        ApiProblemCode.ApiValidation,
        $"The fields other than {MultipartForm.FilesField} have more than {MultipartForm.MaxTextsLength} bytes in all.");

    public static ApiProblem TooManyFiles => TooMuch($"There are more than {MultipartForm.MaxFiles} attachments.");

    public static ApiProblem TooManyParts => Malformed($"The form has more than {MultipartForm.MaxParts} fields.");

    public static ApiProblem Malformed(string message) => ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, message);

    private static string FormIsTooLong =>
        $"The form is longer than a message may be: the attachments may have {MultipartForm.MaxFilesLength} bytes (10 MB) in all, and all other " +
            $"fields {MultipartForm.MaxTextsLength}.";

    private static ApiProblem TooMuch(string message) => ApiProblem.Create(StatusCodes.Status413PayloadTooLarge, ApiProblemCode.AttachmentLimit, message);
}
