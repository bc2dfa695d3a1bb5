using System.Text.Json;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>Reads a message from JSON. Members that it doesn't know are passed over, where the Postman before us refused them: no
/// mail is worse for one of them.</summary>
internal static class JsonMessageReader
{
    public static MessageFields Read(JsonElement body, ValidationErrors faults) => new()
    {
        Recipient = Text(body, Names.Recipient, faults),
        Subject = Text(body, Names.Subject, faults),
        Body = Text(body, Names.Body, faults),
        From = Text(body, Names.From, faults),
        ReplyTo = Text(body, Names.ReplyTo, faults),
        Cc = List(body, Names.Cc, faults),
        Bcc = List(body, Names.Bcc, faults),
        Classification = Text(body, Names.Classification, faults),
        Tag = Text(body, Names.Tag, faults),
    };

    private static string? Text(JsonElement body, string name, ValidationErrors faults) =>
        body.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? Text(member, name, "This must be a string.", faults) : null;

    private static IReadOnlyList<string>? List(JsonElement body, string name, ValidationErrors faults)
    {
        if (!body.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String))
        {
            return Texts(member, name, faults);
        }

        var list = member.ValueKind == JsonValueKind.String && Unicode(member) is { } text ? ListInText.Read(text) : null;
        if (list is null)
        {
            faults.Add(name, "This must be a list of strings.");
        }

        return list;
    }

    private static List<string>? Texts(JsonElement list, string name, ValidationErrors faults)
    {
        // Two or more faults of this kind are as good as one.
        var texts = list.EnumerateArray().Select(Unicode).ToList();
        if (texts.Contains(null))
        {
            faults.Add(name, "This holds half a surrogate pair, which is no Unicode.");
            return null;
        }

        return texts!;
    }

    private static string? Text(JsonElement member, string name, string otherwise, ValidationErrors faults)
    {
        if (member.ValueKind != JsonValueKind.String)
        {
            faults.Add(name, otherwise);
            return null;
        }

        var text = Unicode(member);
        if (text is null)
        {
            faults.Add(name, "This holds half a surrogate pair, which is no Unicode.");
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
