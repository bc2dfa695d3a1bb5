using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PostmanDashboard.Data;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages.Bodies;

/// <summary>What is read of a body when its message is accepted is stored, and sent as it was stored.</summary>
public sealed class StoredBodiesTests : IAsyncLifetime
{
    /// <summary>The newest migration of a version that stored no texts.</summary>
    private const string BodiesAlone = "DivideMessagesByDelay";

    private const string Raj = "raj@agency.gov.sg";
    private const string Ann = "ann@agency.gov.sg";
    private const string Body = "<p>Dear Raj,</p><ol><li>read</li><li>sign</li></ol><img src=\"cid:1\" alt=\"Our seal\">";
    private const string Text = "Dear Raj,\n\n1. read\n2. sign\n\nOur seal\n";

    private MessagesApp app = null!;

    public async Task InitializeAsync() => app = await MessagesApp.StartAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task A_body_is_stored_with_its_text_and_the_pictures_that_it_shows()
    {
        await SendWithFilesAsync(Raj);

        var message = await app.OnlyMessageAsync();

        Assert.Equal((Body, Text), (message.Body, message.Text));
        Assert.Equal([1], message.Pictures);
    }

    [Fact]
    public async Task Every_copy_has_the_text_and_the_pictures_that_were_stored()
    {
        await SendWithFilesAsync(Raj, copy: Ann);
        await using var db = app.App.CreateDbContext();
        await db.Messages.ExecuteUpdateAsync(
            set => set.SetProperty(message => message.Text, "As stored\n").SetProperty(message => message.Pictures, (IReadOnlyList<int>)[0]));

        await app.App.RunJobsAsync();

        Assert.Equal(2, app.App.Mail.Sent.Count);
        Assert.All(app.App.Mail.Sent, mail =>
        {
            Assert.Equal("As stored\n", TextOf(mail));
            Assert.Equal(["cover.png: inline", "seal.png: attachment"], FilesOf(mail));
        });
    }

    [Fact]
    public async Task What_was_accepted_before_the_upgrade_is_sent_as_it_would_have_been()
    {
        app.App.Mail.Refuse(Ann, new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true, Code: 550));
        await app.SendAsync(("recipient", "tan@agency.gov.sg"));
        await app.SendAsync(("recipient", Ann), ("body", "Dear Ann,\n  5 &lt; 6"));
        await app.App.RunJobsAsync();
        await SendWithFilesAsync(Raj);

        await UpgradeAsync();
        app.App.Mail.Refuse(Ann, null);
        Assert.Equal(1, await RetryAsync());
        await app.App.RunJobsAsync();

        var waited = Assert.Single(app.App.Mail.To(Raj));
        Assert.Equal(Text, TextOf(waited));
        Assert.Contains(Body, waited.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(["cover.png: attachment", "seal.png: inline"], FilesOf(waited));
        var failed = Assert.Single(app.App.Mail.To(Ann));
        Assert.Equal("Dear Ann,\n  5 < 6\n", TextOf(failed));
        Assert.Contains("pre-wrap\">Dear Ann,\n  5 &lt; 6</div>", failed.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        await using var db = app.App.CreateDbContext();
        Assert.Equal(["tan@agency.gov.sg"], await db.Messages.Where(message => message.Text == null).Select(message => message.Recipient).ToListAsync());
    }

    private static string TextOf(MimeMessage mail) => mail.TextBody!.ReplaceLineEndings("\n");

    private static IEnumerable<string> FilesOf(MimeMessage mail) => mail.BodyParts.OfType<MimePart>()
        .Where(part => part.FileName is not null)
        .Select(part => $"{part.FileName}: {part.ContentDisposition!.Disposition}").Order();

    private async Task SendWithFilesAsync(string recipient, string? copy = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(recipient), "recipient" },
            { new StringContent("Your grant"), "subject" },
            { new StringContent(Body), "body" },
            { new StringContent(new JsonArray([.. copy is null ? [] : new[] { copy }]).ToJsonString()), "cc" },
            { new ByteArrayContent(TestFiles.Png), "attachments", "cover.png" },
            { new ByteArrayContent(TestFiles.Png), "attachments", "seal.png" },
        };
        using var answer = await app.Client.PostAsync(MessagesApp.Path, form);
        await MessagesApp.AcceptedAsync(answer);
    }

    /// <remarks>Not by DatabaseUpgrade, which leaves a database alone that the running program has open.</remarks>
    private async Task UpgradeAsync()
    {
        await using var db = app.App.CreateDbContext();
        await db.GetService<IMigrator>().MigrateAsync(BodiesAlone);
        await db.GetService<IMigrator>().MigrateAsync();
        foreach (var upgrade in app.App.Services.GetServices<UpgradeRows>())
        {
            await upgrade(db, CancellationToken.None);
        }
    }

    private async Task<int> RetryAsync()
    {
        await using var db = app.App.CreateDbContext();
        return await app.App.Services.GetRequiredService<MailRetry>().RetryAsync(db, db.OutgoingMails, CancellationToken.None);
    }
}
