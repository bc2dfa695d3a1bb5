using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Delivery;

/// <summary>What a real mail server received, read by a parser that isn't the one it was written with.</summary>
public sealed class MessageMimeTests
{
    private const string Parser = """
        import email, email.policy, json, sys
        mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
        html, text = mail.get_body(("html",)), mail.get_body(("plain",))
        json.dump({
            "defects": [str(d) for part in mail.walk() for d in part.defects],
            "longest": max(len(line) for line in mail.as_bytes().splitlines()),
            "headers": {name.lower(): mail.get_all(name) and [str(value) for value in mail.get_all(name)] for name in mail.keys()},
            "from": [[a.display_name, a.addr_spec] for a in mail["from"].addresses],
            "date": mail["date"].datetime.isoformat(),
            "type": mail.get_content_type(),
            "parts": [part.get_content_type() for part in mail.iter_parts()],
            "html": html.get_content(), "text": text.get_content(),
        }, sys.stdout)
        """;

    [FactNeeding(Needs.Python)]
    public async Task The_mail_is_whole_to_another_parser()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(
            ("subject", "Geld für Bücher 补助金"),
            ("from", "Team <b>, \"X\" 组 <donotreply@postman.example>"),
            ("body", $"<p>Grüße 你好</p><p>{new string('x', 5000)}</p>"),
            ("cc", new JsonArray("cc@agency.gov.sg")),
            ("bcc", new JsonArray("bcc@agency.gov.sg")),
            ("tag", "secret-tag"),
            ("classification", "URGENT"));
        app.App.Clock.Advance(TimeSpan.FromHours(1));
        await app.App.RunJobsAsync();

        var mail = await ParseAsync((await server.NextAsync()).Raw);

        Assert.Empty(mail.GetProperty("defects").EnumerateArray());
        Assert.InRange(mail.GetProperty("longest").GetInt32(), 1, 998);
        Assert.Equal(
            ["Team <b>, \"X\" 组", "donotreply@postman.example"],
            Assert.Single(mail.GetProperty("from").EnumerateArray()).EnumerateArray().Select(part => part.GetString()));
        Assert.Equal("2026-01-05T09:00:00+00:00", mail.GetProperty("date").GetString());
        Assert.Equal("multipart/alternative", mail.GetProperty("type").GetString());
        Assert.Equal(["text/plain", "text/html"], mail.GetProperty("parts").EnumerateArray().Select(part => part.GetString()));
        Assert.Contains("Grüße 你好", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Grüße 你好\n", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["Geld für Bücher 补助金"], Header(mail, "subject"));
        Assert.Equal(["auto-generated"], Header(mail, "auto-submitted"));
        Assert.Equal(["mei@agency.gov.sg"], Header(mail, "reply-to"));
        Assert.Equal(["raj@agency.gov.sg"], Header(mail, "to"));
        Assert.Equal(["cc@agency.gov.sg"], Header(mail, "cc"));
        Assert.Equal(
            ["auto-submitted", "cc", "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to"],
            mail.GetProperty("headers").EnumerateObject().Select(header => header.Name).Order());
        Assert.DoesNotContain("secret-tag", mail.GetRawText(), StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Python)]
    public async Task A_mail_from_the_account_says_that_the_service_hands_it_over()
    {
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        await app.SendAsync(("from", "Mei <mei@agency.gov.sg>"), ("body", "Line one\n  line two & more"));
        await app.App.RunJobsAsync();

        var received = await server.NextAsync();
        var mail = await ParseAsync(received.Raw);

        Assert.Equal(MessagesApp.Service, received.From);
        Assert.Equal(["Mei <mei@agency.gov.sg>"], Header(mail, "from"));
        Assert.Equal(["Postman <donotreply@postman.example>"], Header(mail, "sender"));
        Assert.Equal("Line one\n  line two & more\n", mail.GetProperty("text").GetString()!.ReplaceLineEndings("\n"));
        Assert.Contains("white-space: pre-wrap", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [FactNeeding(Needs.Python)]
    public async Task What_looks_encoded_is_not_decoded_by_the_recipient()
    {
        string[] texts =
        [
            "=?utf-8?Q?Hello_there?=", "Re: =?utf-8?B?SGVsbG8=?= and so on", "=?us-ascii?q?one=0Atwo?=", "Grüße =?utf-8?Q?Hello?=",
        ];
        await using var server = await TestSmtpServer.StartAsync();
        await using var app = await MessagesApp.StartAsync(server.Port);
        foreach (var text in texts)
        {
            await app.SendAsync(("subject", text), ("from", $"{text} <donotreply@postman.example>"));
        }

        await app.App.RunJobsAsync();

        var mails = new List<JsonElement>();
        foreach (var received in await server.NextAsync(texts.Length))
        {
            mails.Add(await ParseAsync(received.Raw));
        }

        Assert.Equal(texts.Order(), mails.Select(mail => Assert.Single(Header(mail, "subject"))!.Replace("\u2060", "", StringComparison.Ordinal)).Order());
        Assert.Equal(texts.Order(), mails.Select(mail => mail.GetProperty("from")[0][0].GetString()!.Replace("\u2060", "", StringComparison.Ordinal)).Order());
    }

    private static IEnumerable<string?> Header(JsonElement mail, string name) =>
        mail.GetProperty("headers").GetProperty(name).EnumerateArray().Select(value => value.GetString());

    private static async Task<JsonElement> ParseAsync(byte[] raw)
    {
        using var python = Process.Start(
            new ProcessStartInfo(TestTools.Find(Needs.Python), ["-c", Parser]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.BaseStream.WriteAsync(raw);
        python.StandardInput.Close();
        var json = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
        return JsonDocument.Parse(json).RootElement;
    }
}
