using System.Text.Json;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Reads a message from JSON. Members that it doesn't know are passed over, where the Postman before us refused them: no
/// mail is worse for one of them.</summary>
internal static class JsonMessageReader
{
    public static MessageFields Read(JsonElement body, ValidationErrors errors) => new()
    {
        Recipient = Text(body, Names.Recipient, errors),
        Subject = Text(body, Names.Subject, errors),
        Body = Text(body, Names.Body, errors),
        From = Text(body, Names.From, errors),
        ReplyTo = Text(body, Names.ReplyTo, errors),
        Cc = List(body, Names.Cc, errors),
        Bcc = List(body, Names.Bcc, errors),
        Classification = Text(body, Names.Classification, errors),
        Tag = Text(body, Names.Tag, errors),
    };

    private static string? Text(JsonElement body, string name, ValidationErrors errors) =>
        body.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? Text(member, name, "This must be a string.", errors) : null;

    private static IReadOnlyList<string>? List(JsonElement body, string name, ValidationErrors errors)
    {
        if (!body.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String))
        {
            return Texts(member, name, errors);
        }

        var list = member.ValueKind == JsonValueKind.String && Unicode(member) is { } text ? JsonListInString.Read(text) : null;
        if (list is null)
        {
            errors.Add(name, "This must be a list of strings.");
        }

        return list;
    }

    private static List<string>? Texts(JsonElement list, string name, ValidationErrors errors)
    {
        // Two or more errors of this kind count as one.
        var texts = list.EnumerateArray().Select(Unicode).ToList();
        if (texts.Contains(null))
        {
            errors.Add(name, "This contains half a surrogate pair, which isn't valid Unicode.");
            return null;
        }

        return texts!;
    }

    private static string? Text(JsonElement member, string name, string otherwise, ValidationErrors errors)
    {
        if (member.ValueKind != JsonValueKind.String)
        {
            errors.Add(name, otherwise);
            return null;
        }

        var text = Unicode(member);
        if (text is null)
        {
            errors.Add(name, "This contains half a surrogate pair, which isn't valid Unicode.");
        }

        return text;
    }

    private static string? Unicode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
