namespace PostmanDashboard.Messages.Panel;

/// <summary>Shows people what a message says, in a frame that runs nothing, loads nothing and leads nowhere.</summary>
/// <remarks>
/// The body was cleaned before it was stored. This holds even if that let something through: the frame's sandbox forbids scripts, forms and
/// new windows, which is where the base sends every link, and the policy forbids whatever would tell a sender that someone has looked.
/// </remarks>
internal static class MessagePreview
{
    /// <summary>A document of its own, for <c>srcdoc</c>.</summary>
    public static string Document(string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="referrer" content="no-referrer">
        <base target="_blank">
        <title>Message</title>
        </head>
        <body style="overflow-wrap: anywhere; font-family: sans-serif">
        {body}
        </body>
        </html>
        """;
}
