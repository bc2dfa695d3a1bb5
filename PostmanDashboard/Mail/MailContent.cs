using System.Net;
using System.Text;

namespace PostmanDashboard.Mail;

/// <summary>What a mail says, written once and shown twice: as plain text, and as HTML in which everything is encoded.</summary>
public sealed class MailContent
{
    // Inline where a mail program may drop the styles: what they add is the dark theme. No images, so none can be off.
    private const string Styles = """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (prefers-color-scheme: dark) {
          body, .sheet { background: #1a2029 !important; color: #e8ebef !important; }
          .brand { color: #8ab4ff !important; border-color: #38414e !important; }
          .name, .foot { color: #b3bcc8 !important; }
          a.link { color: #8ab4ff !important; }
        }
        """;

    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();
    private string? preheader;

    /// <summary>The text part.</summary>
    public string Text => text.ToString().TrimEnd() + "\n";

    /// <summary>The HTML part, a whole document.</summary>
    public string Html => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark"><style>{Styles}</style></head>
        <body style="margin: 0; padding: 24px 16px; background: #ffffff; color: #1b1f24; font: 16px/1.5 Arial, Helvetica, sans-serif">
        <div style="display: none; max-height: 0; overflow: hidden">{Encode(preheader ?? "")}</div>
        <div class="sheet" style="max-width: 600px">
        <div class="brand" style="margin-bottom: 16px; padding-bottom: 12px; border-bottom: 1px solid #d5dae1; color: #1d4ed8; font-weight: bold">Postman</div>
        {html}</div></body></html>
        """;

    /// <summary>What a list of mails shows after the subject, where a mail program shows such. Otherwise the first paragraph is it.</summary>
    public MailContent Preheader(string words)
    {
        preheader = words;
        return this;
    }

    public MailContent Paragraph(string sentence)
    {
        preheader ??= sentence;
        text.Append(sentence).Append("\n\n");
        html.Append($"<p>{Encode(sentence)}</p>\n");
        return this;
    }

    /// <summary>Something to be typed elsewhere, which is seen at a glance.</summary>
    public MailContent Code(string words, string code)
    {
        preheader ??= $"{words}: {code}";
        text.Append(words).Append(": ").Append(code).Append("\n\n");
        html.Append($"<p>{Encode(words)}:</p>\n")
            .Append($"<p style=\"font-size: 28px; font-weight: bold; letter-spacing: 3px; margin: 16px 0\">{Encode(code)}</p>\n");
        return this;
    }

    /// <summary>Names with their values, one to a line.</summary>
    public MailContent Facts(params (string Name, string Value)[] facts)
    {
        html.Append("<table style=\"border-collapse: collapse\">\n");
        foreach (var (name, value) in facts)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
            html.Append($"<tr><td class=\"name\" style=\"padding: 2px 16px 2px 0; color: #4b5563; vertical-align: top\">{Encode(name)}</td>")
                .Append($"<td><strong>{Encode(value)}</strong></td></tr>\n");
        }

        text.Append('\n');
        html.Append("</table>\n");
        return this;
    }

    /// <summary>What to do, in its order.</summary>
    public MailContent Steps(params string[] steps)
    {
        html.Append("<ol>\n");
        for (var step = 0; step < steps.Length; step++)
        {
            text.Append(step + 1).Append(". ").Append(steps[step]).Append('\n');
            html.Append($"<li>{Encode(steps[step])}</li>\n");
        }

        text.Append('\n');
        html.Append("</ol>\n");
        return this;
    }

    /// <summary>A link beside the button, or in its place.</summary>
    public MailContent Link(string words, string address)
    {
        AppendLinkText(words, address);
        html.Append($"<p><a class=\"link\" style=\"color: #1d4ed8\" href=\"{Encode(address)}\">{Encode(words)}</a></p>\n");
        return this;
    }

    /// <summary>The one thing to do: at most one in a mail.</summary>
    /// <remarks>A table cell, whose colour and room every mail program shows.</remarks>
    public MailContent Button(string words, string address)
    {
        AppendLinkText(words, address);
        html.Append("<table role=\"presentation\" cellspacing=\"0\" style=\"margin: 16px 0\"><tr>")
            .Append("<td bgcolor=\"#1d4ed8\" style=\"padding: 10px 18px; border-radius: 8px; background: #1d4ed8\">")
            .Append("<a style=\"color: #ffffff; font-weight: bold; text-decoration: none\" ")
            .Append($"href=\"{Encode(address)}\">{Encode(words)}</a></td></tr></table>\n");
        return this;
    }

    private void AppendLinkText(string words, string address) => text.Append(words).Append(":\n").Append(address).Append("\n\n");

    private static string Encode(string value) => WebUtility.HtmlEncode(value);
}
