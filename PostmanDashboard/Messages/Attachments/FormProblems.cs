using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Why a form as a whole can't be taken.</summary>
internal static class FormProblems
{
    public static ApiProblem TooLong => TooMuch($"The attachments have more than {SentForm.MaxFilesLength} bytes (10 MB) in all.");

    public static ApiProblem TooManyFiles => TooMuch($"There are more than {SentForm.MaxFiles} attachments.");

    public static ApiProblem Malformed(string message) => ApiProblem.Create(StatusCodes.Status400BadRequest, ApiProblemCode.Malformed, message);

    private static ApiProblem TooMuch(string message) => ApiProblem.Create(StatusCodes.Status413PayloadTooLarge, ApiProblemCode.AttachmentLimit, message);
}
