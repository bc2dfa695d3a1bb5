using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

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
                "name": part.get_filename(), "id": part["Content-ID"], "defects": [str(d) for d in part.defects],
                "content": None if part.is_multipart() else base64.b64encode(part.get_payload(decode=True)).decode(),
                "parts": [describe(p) for p in part.iter_parts()] if part.is_multipart() else []}
        print(json.dumps(describe(mail)))
        """;

    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly byte[] Jpeg =
        Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////" +
            "wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==");

    [FactNeeding(Needs.MailServer)]
    public async Task Files_arrive_byte_by_byte_under_their_names()
    {
        var text = Encoding.UTF8.GetBytes("Grüße\nohne Wagenrücklauf\r\nund mit");
        var longName = new string('ü', 120) + " “letter”; a=b.docx";
        await using var server = await IndependentSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);

        var mail = await SendAsync(app, server, "<p>Dear Raj</p>", ("通知.png", TestFiles.Png), ("plain.txt", text), (longName, TestFiles.Docx));

        Assert.Equal("multipart/mixed", mail.Type);
        Assert.Equal(["multipart/alternative", "image/png", "text/plain", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
            mail.Parts.Select(part => part.Type));
        Assert.Equal(["text/plain", "text/html"], mail.Parts[0].Parts.Select(part => part.Type));
        Assert.All(mail.Parts.Skip(1), part => Assert.Equal("attachment", part.Disposition));
        Assert.Equal(["通知.png", "plain.txt", longName], mail.Parts.Skip(1).Select(part => part.Name));
        Assert.Equal([TestFiles.Png, text, TestFiles.Docx], mail.Parts.Skip(1).Select(part => part.Content!));
        Assert.Equal("utf-8", mail.Parts[2].Charset);
        Assert.All(mail.Parts, part => Assert.Null(part.Id));
        AssertNoDefects(mail);
    }

    [FactNeeding(Needs.Python)]
    public async Task A_picture_that_the_body_shows_is_part_of_it_and_other_files_are_attached()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);

        var mail = await SendAsync(
            app, server, "<p>Dear Raj</p><img src=\"cid:1\" alt=\"Our seal\">", ("report.pdf", TestFiles.Pdf), ("seal.png", TestFiles.Png),
                ("photo.jpg", Jpeg));

        Assert.Equal(("multipart/mixed", "multipart/alternative"), (mail.Type, mail.Parts[0].Type));
        Assert.Equal(["report.pdf", "photo.jpg"], mail.Parts.Skip(1).Select(part => part.Name));
        Assert.All(mail.Parts.Skip(1), part => Assert.Equal(("attachment", null), (part.Disposition, part.Id)));
        Assert.Equal(["text/plain", "multipart/related"], mail.Parts[0].Parts.Select(part => part.Type));
        Assert.Equal("Dear Raj\n\nOur seal\n", Encoding.UTF8.GetString(mail.Parts[0].Parts[0].Content!).ReplaceLineEndings("\n"));
        var shown = mail.Parts[0].Parts[1].Parts;
        Assert.Equal(["text/html", "image/png"], shown.Select(part => part.Type));
        Assert.Contains("<img src=\"cid:1\" alt=\"Our seal\">", Encoding.UTF8.GetString(shown[0].Content!), StringComparison.Ordinal);
        Assert.Equal(("<1>", "inline", "seal.png"), (shown[1].Id, shown[1].Disposition, shown[1].Name));
        Assert.Equal(TestFiles.Png, shown[1].Content);
        AssertNoDefects(mail);
    }

    [FactNeeding(Needs.Python)]
    public async Task Where_the_body_shows_every_file_nothing_is_attached()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);

        var mail = await SendAsync(
            app, server, "<img src=\"cid:0\"><img src=\"cid:1\"><img src=\"cid:2\">", ("a.png", TestFiles.Png), ("b.gif", Gif), ("c.jpg", Jpeg));

        Assert.Equal("multipart/alternative", mail.Type);
        Assert.Equal(["text/html", "image/png", "image/gif", "image/jpeg"], mail.Parts[1].Parts.Select(part => part.Type));
        Assert.Equal(["<0>", "<1>", "<2>"], mail.Parts[1].Parts.Skip(1).Select(part => part.Id));
        AssertNoDefects(mail);
    }

    [FactNeeding(Needs.Python)]
    public async Task A_file_that_is_not_a_picture_is_attached_even_if_the_body_would_show_it()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);

        var mail = await SendAsync(app, server, "<p>Dear Raj</p><img src=\"cid:0\">", ("hi.txt", "Hello"u8.ToArray()));

        Assert.Equal(["multipart/alternative", "text/plain"], mail.Parts.Select(part => part.Type));
        Assert.Equal(("<0>", "attachment", "hi.txt"), (mail.Parts[1].Id, mail.Parts[1].Disposition, mail.Parts[1].Name));
        AssertNoDefects(mail);
    }

    private static async Task<Part> SendAsync(MessagesApp app, ReceivingServer server, string body, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("raj@agency.gov.sg"), "recipient" },
            { new StringContent("Your grant"), "subject" },
            { new StringContent(body), "body" },
        };
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "attachments", name);
        }

        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);
        await MessagesApp.AcceptedAsync(answer);
        await app.App.RunJobsAsync();
        Assert.Equal(MessageStatus.Sent, (await app.OnlyMessageAsync()).Status);
        return await ParseAsync((await server.NextAsync()).Raw);
    }

    private static void AssertNoDefects(Part part)
    {
        Assert.Empty(part.Defects);
        Assert.All(part.Parts, AssertNoDefects);
    }

    private static async Task<Part> ParseAsync(byte[] mail)
    {
        using var python = Process.Start(
            new ProcessStartInfo(TestTools.Find(Needs.Python), ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.BaseStream.WriteAsync(mail);
        python.StandardInput.Close();
        var described = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return JsonSerializer.Deserialize<Part>(described, JsonSerializerOptions.Web)!;
    }

    private sealed record Part(string Type, string? Charset, string? Disposition, string? Name, string? Id, string[] Defects, byte[]? Content, Part[] Parts);
}
