using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Reads a message from a form of either kind. Fields that it doesn't know are passed over, as in JSON; empty ones were not filled in.</summary>
internal static class FormMessageReader
{
    public static MessageFields Read(MultipartForm form, ValidationErrors errors)
    {
        // Passed over like other fields that nobody knows, a file would be missed by the recipient only.
        var misplaced = form.FieldsWithFiles.Except(Names.All).ToList();
        foreach (var (field, error) in form.Errors.Where(error => !misplaced.Contains(error.Field))
            .Concat(misplaced.Select(
                field => (field, $"This field isn’t known, and a file came in it. Send attachments in the field {MultipartForm.FilesField}."))))
        {
            errors.Add(field, error, field == MultipartForm.FilesField ? ApiProblemCode.AttachmentFormat : ApiProblemCode.ApiValidation);
        }

        return Read(form.Texts, errors);
    }

    public static MessageFields Read(UrlEncodedForm form, ValidationErrors errors)
    {
        foreach (var field in form.FieldsWithoutText)
        {
            errors.Add(field, MultipartForm.NotUtf8);
        }

        if (Filled(form.Texts, MultipartForm.FilesField).Count > 0)
        {
            errors.Add(MultipartForm.FilesField, SendRequestReader.OnlyInForms, ApiProblemCode.AttachmentFormat);
        }

        return Read(form.Texts, errors);
    }

    private static MessageFields Read(IReadOnlyDictionary<string, List<string>> form, ValidationErrors errors) => new()
    {
        Recipient = Text(form, Names.Recipient, errors),
        Subject = Text(form, Names.Subject, errors),
        Body = Text(form, Names.Body, errors),
        From = Text(form, Names.From, errors),
        ReplyTo = Text(form, Names.ReplyTo, errors),
        Cc = List(form, Names.Cc, errors),
        Bcc = List(form, Names.Bcc, errors),
        Classification = Text(form, Names.Classification, errors),
        Tag = Text(form, Names.Tag, errors),
    };

    private static string? Text(IReadOnlyDictionary<string, List<string>> form, string name, ValidationErrors errors)
    {
        switch (Filled(form, name))
        {
            case []:
                return null;
            case [var only]:
                return only;
            default:
                errors.Add(name, "This was sent more than once.");
                return null;
        }
    }

    /// <remarks>One field for each address; or all of them in one, as a list in JSON.</remarks>
    private static IReadOnlyList<string>? List(IReadOnlyDictionary<string, List<string>> form, string name, ValidationErrors errors)
    {
        var filled = Filled(form, name);
        if (filled is not [var only] || !only.TrimStart().StartsWith('['))
        {
            return filled;
        }

        var list = JsonListInString.Read(only);
        if (list is null)
        {
            errors.Add(name, "Send one field for each address, or a list of strings in JSON.");
        }

        return list;
    }

    private static List<string> Filled(IReadOnlyDictionary<string, List<string>> form, string name) =>
        form.TryGetValue(name, out var texts) ? [.. texts.Where(text => text.Length > 0)] : [];
}
