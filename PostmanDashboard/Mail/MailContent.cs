using System.Net;
using System.Text;

namespace PostmanDashboard.Mail;

/// <summary>What a mail says, written once and shown twice: as plain text, and as HTML in which everything is encoded.</summary>
public sealed class MailContent
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();

    /// <summary>The text part.</summary>
    public string Text => text.ToString().TrimEnd() + "\n";

    /// <summary>The HTML part, a whole document.</summary>
    public string Html => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"></head>
        <body style="font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5; color: #1b1f24; max-width: 600px">
        {html}</body></html>
        """;

    public MailContent Paragraph(string sentence)
    {
        text.Append(sentence).Append("\n\n");
        html.Append($"<p>{Encode(sentence)}</p>\n");
        return this;
    }

    /// <summary>Names with their values, one to a line.</summary>
    public MailContent Facts(params (string Name, string Value)[] facts)
    {
        html.Append("<table style=\"border-collapse: collapse\">\n");
        foreach (var (name, value) in facts)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
            html.Append($"<tr><td style=\"padding: 2px 16px 2px 0; color: #57606a\">{Encode(name)}</td><td><strong>{Encode(value)}</strong></td></tr>\n");
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

    public MailContent Link(string words, string address)
    {
        text.Append(words).Append(":\n").Append(address).Append("\n\n");
        html.Append($"<p><a href=\"{Encode(address)}\">{Encode(words)}</a></p>\n");
        return this;
    }

    private static string Encode(string value) => WebUtility.HtmlEncode(value);
}
