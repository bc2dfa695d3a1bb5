using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Messages.Attachments;

/// <summary>What the mail programs of others read: Python's parser, which has nothing to do with the one that writes our mails.</summary>
public sealed class FilesOverSmtpTests
{
    private const string Script = """
        import base64, email, email.policy, json, sys
        mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
        def describe(part):
            return {
                "type": part.get_content_type(), "charset": part.get_content_charset(), "disposition": part.get_content_disposition(),
                "name": part.get_filename(), "defects": [str(d) for d in part.defects],
                "content": None if part.is_multipart() else base64.b64encode(part.get_payload(decode=True)).decode(),
                "parts": [describe(p) for p in part.iter_parts()] if part.is_multipart() else []}
        print(json.dumps(describe(mail)))
        """;

    [SmtpFact]
    public async Task Files_arrive_byte_by_byte_under_their_names()
    {
        var text = Encoding.UTF8.GetBytes("Grüße\nohne Wagenrücklauf\r\nund mit");
        var longName = new string('ü', 120) + " “letter”; a=b.docx";
        await using var server = await SmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("raj@agency.gov.sg"), "recipient" },
            { new StringContent("Your grant"), "subject" },
            { new StringContent("<p>Dear Raj</p>"), "body" },
            { new ByteArrayContent(TestFiles.Png), "attachments", "通知.png" },
            { new ByteArrayContent(text), "attachments", "plain.txt" },
            { new ByteArrayContent(TestFiles.Docx), "attachments", longName },
        };
        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);
        await MessagesApp.AcceptedAsync(answer);

        await app.App.RunJobsAsync();

        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
        var mail = await ParseAsync((await server.NextAsync()).Raw);
        Assert.Equal("multipart/mixed", mail.Type);
        Assert.Equal(["multipart/alternative", "image/png", "text/plain", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"], mail.Parts.Select(part => part.Type));
        Assert.Equal(["text/plain", "text/html"], mail.Parts[0].Parts.Select(part => part.Type));
        Assert.All(mail.Parts.Skip(1), part => Assert.Equal("attachment", part.Disposition));
        Assert.Equal(["通知.png", "plain.txt", longName], mail.Parts.Skip(1).Select(part => part.Name));
        Assert.Equal([TestFiles.Png, text, TestFiles.Docx], mail.Parts.Skip(1).Select(part => part.Content!));
        Assert.Equal("utf-8", mail.Parts[2].Charset);
        Assert.All(mail.Parts.Append(mail).Concat(mail.Parts[0].Parts), part => Assert.Empty(part.Defects));
    }

    private static async Task<Part> ParseAsync(byte[] mail)
    {
        using var python = Process.Start(new ProcessStartInfo(TestTools.Python, ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.BaseStream.WriteAsync(mail);
        python.StandardInput.Close();
        var described = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return JsonSerializer.Deserialize<Part>(described, JsonSerializerOptions.Web)!;
    }

    private sealed record Part(string Type, string? Charset, string? Disposition, string? Name, string[] Defects, byte[]? Content, Part[] Parts);
}
