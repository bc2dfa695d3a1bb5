using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Reads a message from a form of either kind. Fields that it doesn't know are passed over, as in JSON; empty ones were not filled in.</summary>
internal static class FormMessageReader
{
    public static MessageFields Read(MultipartForm form, ValidationErrors faults)
    {
        // Passed over like other fields that nobody knows, a file would be missed by the recipient only.
        var misplaced = form.FieldsWithFiles.Except(Names.All).ToList();
        foreach (var (field, fault) in form.Faults.Where(fault => !misplaced.Contains(fault.Field))
            .Concat(misplaced.Select(
                field => (field, $"This field isn’t known, and a file came in it. Send attachments in the field {MultipartForm.FilesField}."))))
        {
            faults.Add(field, fault, field == MultipartForm.FilesField ? ApiProblemCode.AttachmentFormat : ApiProblemCode.ApiValidation);
        }

        return Read(form.Texts, faults);
    }

    public static MessageFields Read(UrlEncodedForm form, ValidationErrors faults)
    {
        foreach (var field in form.FieldsWithoutText)
        {
            faults.Add(field, MultipartForm.NotUtf8);
        }

        if (Filled(form.Texts, MultipartForm.FilesField).Count > 0)
        {
            faults.Add(MultipartForm.FilesField, SendRequestReader.OnlyInForms, ApiProblemCode.AttachmentFormat);
        }

        return Read(form.Texts, faults);
    }

    private static MessageFields Read(IReadOnlyDictionary<string, List<string>> form, ValidationErrors faults) => new()
    {
        Recipient = Text(form, Names.Recipient, faults),
        Subject = Text(form, Names.Subject, faults),
        Body = Text(form, Names.Body, faults),
        From = Text(form, Names.From, faults),
        ReplyTo = Text(form, Names.ReplyTo, faults),
        Cc = List(form, Names.Cc, faults),
        Bcc = List(form, Names.Bcc, faults),
        Classification = Text(form, Names.Classification, faults),
        Tag = Text(form, Names.Tag, faults),
    };

    private static string? Text(IReadOnlyDictionary<string, List<string>> form, string name, ValidationErrors faults)
    {
        switch (Filled(form, name))
        {
            case []:
                return null;
            case [var only]:
                return only;
            default:
                faults.Add(name, "This was sent more than once.");
                return null;
        }
    }

    /// <remarks>One field for each address; or all of them in one, as a list in JSON.</remarks>
    private static IReadOnlyList<string>? List(IReadOnlyDictionary<string, List<string>> form, string name, ValidationErrors faults)
    {
        var filled = Filled(form, name);
        if (filled is not [var only] || !only.TrimStart().StartsWith('['))
        {
            return filled;
        }

        var list = ListInText.Read(only);
        if (list is null)
        {
            faults.Add(name, "Send one field for each address, or a list of strings in JSON.");
        }

        return list;
    }

    private static List<string> Filled(IReadOnlyDictionary<string, List<string>> form, string name) =>
        form.TryGetValue(name, out var texts) ? [.. texts.Where(text => text.Length > 0)] : [];
}
