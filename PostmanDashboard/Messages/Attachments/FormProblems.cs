using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Why a form as a whole can't be taken.</summary>
internal static class FormProblems
{
    /// <summary>Which of its fields is too long can't be known without reading them; most likely it is a file.</summary>
    public static ApiProblem FormTooLong => TooMuch(
        $"The form is longer than a message may be: the attachments may have {SentForm.MaxFilesLength} bytes (10 MB) in all, and all other fields {SentForm.MaxTextsLength}.");

    public static ApiProblem FilesTooLong => TooMuch($"The attachments have more than {SentForm.MaxFilesLength} bytes (10 MB) in all.");

    public static ApiProblem TextsTooLong => ApiProblem.Create(
        StatusCodes.Status413PayloadTooLarge,
        ApiProblemCode.ApiValidation,
        $"The fields other than {SentForm.FilesField} have more than {SentForm.MaxTextsLength} bytes in all.");

    public static ApiProblem TooManyFiles => TooMuch($"There are more than {SentForm.MaxFiles} attachments.");

    public static ApiProblem Malformed(string message) => ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, message);

    private static ApiProblem TooMuch(string message) => ApiProblem.Create(StatusCodes.Status413PayloadTooLarge, ApiProblemCode.AttachmentLimit, message);
}
