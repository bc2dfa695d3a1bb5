using System.Net;
using System.Text;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Messages.Attachments;

namespace PostmanDashboard.Messages.Sending.Requests;

/// <summary>What a program sent as <c>application/x-www-form-urlencoded</c>: texts by field, as <c>curl -d</c> and old clients write them.</summary>
/// <remarks>Not the framework's reader: that puts another character where bytes are no UTF-8, and a mail would go out with it.</remarks>
internal sealed class UrlEncodedForm
{
    public const string ContentType = "application/x-www-form-urlencoded";

    private readonly Dictionary<string, List<string>> texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> fieldsWithoutText = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<string>> Texts => texts;

    /// <summary>Fields in which something else than UTF-8 came.</summary>
    public IReadOnlySet<string> FieldsWithoutText => fieldsWithoutText;

    /// <summary>Whether the header says so.</summary>
    public static bool IsOne(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <returns>Null when it has too many fields.</returns>
    public static UrlEncodedForm? Parse(ReadOnlySpan<byte> body)
    {
        var form = new UrlEncodedForm();
        var fields = 0;
        foreach (var range in body.Split((byte)'&'))
        {
            if (body[range].IsEmpty)
            {
                continue;
            }

            if (++fields > MultipartForm.MaxParts)
            {
                return null;
            }

            form.Take(body[range]);
        }

        return form;
    }

    private void Take(ReadOnlySpan<byte> pair)
    {
        var equals = pair.IndexOf((byte)'=');
        var name = Encoding.UTF8.GetString(Decode(equals < 0 ? pair : pair[..equals]));
        var field = name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;
        if (PlainText.TryReadUtf8(equals < 0 ? [] : Decode(pair[(equals + 1)..]), contentType: null) is { } text)
        {
            (texts.TryGetValue(field, out var known) ? known : texts[field] = []).Add(text);
        }
        else
        {
            fieldsWithoutText.Add(field);
        }
    }

    private static byte[] Decode(ReadOnlySpan<byte> written) => WebUtility.UrlDecodeToBytes(written.ToArray(), 0, written.Length);
}
