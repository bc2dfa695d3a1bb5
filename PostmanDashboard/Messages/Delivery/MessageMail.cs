using Microsoft.EntityFrameworkCore;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;

namespace PostmanDashboard.Messages.Delivery;

/// <summary>Writes the mail of a message at the moment of sending. Each address gets a copy of the same; blind copies are in nobody's header.</summary>
public sealed class MessageMail(IDbContextFactory<DashboardDbContext> databases, MailSender sender) : IMailComposer, IDisposable
{
    private readonly ReadBatcher<Guid, MessageContent> contents = new(databases, ReadAsync);

    public MailKind Kind => MailKind.Message;

    public async Task<MimeMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        Compose(await contents.ReadAsync(mail.MessageId!.Value), mail.InternetMessageId);

    public void Dispose() => contents.Dispose();

    private static async Task<IReadOnlyDictionary<Guid, MessageContent>> ReadAsync(DashboardDbContext db, IReadOnlyList<Guid> ids)
    {
        var messages = await db.Messages.AsNoTracking().Where(message => EF.Parameter(ids).Contains(message.Id))
            .Select(message => new { Message = message, HasFiles = message.Attachments.Any() })
            .ToListAsync();
        var withFiles = messages.Where(row => row.HasFiles).Select(row => row.Message.Id).ToList();
        var files = withFiles.Count == 0 ? [] : await db.Set<MessageAttachment>().AsNoTracking()
            .Where(file => EF.Parameter(withFiles).Contains(file.MessageId))
            .OrderBy(file => file.Position)
            .ToListAsync();
        var filesOf = files.ToLookup(file => file.MessageId);
        return messages.ToDictionary(row => row.Message.Id, row => new MessageContent(row.Message, [.. filesOf[row.Message.Id]]));
    }

    private MimeMessage Compose(MessageContent content, string messageId)
    {
        var message = content.Message;
        var mail = new MimeMessage
        {
            Subject = HeaderText.Literal(message.Subject),
            // When it was written; a copy that comes late, or twice, is the same mail.
            Date = message.CreatedAt,
            MessageId = messageId,
            Body = WithFiles(content),
        };
        var from = NamedAddress.Parse(message.From);
        mail.From.Add(from.ToMailbox());
        if (from.Address != sender.NamedAddress.Address)
        {
            // RFC 5322, 3.6.2: written by the account, handed over by us, who also get what bounces.
            mail.Sender = sender.Mailbox;
        }

        mail.ReplyTo.Add(new MailboxAddress("", message.ReplyTo));
        mail.To.Add(new MailboxAddress("", message.Recipient));
        mail.Cc.AddRange(message.Cc.Select(address => new MailboxAddress("", address)));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    private static MimeEntity WithFiles(MessageContent content)
    {
        var message = content.Message;
        var parts = content.Files.Select(file => Part(file, message.Pictures!.Contains(file.Position))).ToLookup(part => part.IsAttachment);
        var text = Content(message.Body!, message.Text!, parts[false]);
        return parts[true].Any() ? new Multipart("mixed", [text, .. parts[true]]) : text;
    }

    /// <param name="isShown">Whether the body shows it. What is not a picture stays an attachment all the same, so that it can be found.</param>
    private static MimePart Part(MessageAttachment file, bool isShown)
    {
        var type = ContentType.Parse(file.ContentType);
        var part = new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(file.Content!, writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(isShown && type.IsMimeType("image", "*") ? ContentDisposition.Inline : ContentDisposition.Attachment),
            // Also written as the name of the type, where older mail programs look for it.
            FileName = file.FileName,
        };
        if (isShown)
        {
            part.ContentId = $"{file.Position}";
        }

        return part;
    }

    private static MultipartAlternative Content(string body, string text, IEnumerable<MimePart> pictures)
    {
        // A body without a tag was written as text, whose line breaks mean something; what looks like a tag in text is written &lt; by now.
        var html = body.Contains('<') ? body : $"<div style=\"white-space: pre-wrap\">{body}</div>";
        MimeEntity page = new TextPart(TextFormat.Html)
        {
            Text = $"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{html}\n</body></html>\n",
        };
        if (pictures.Any())
        {
            page = new MultipartRelated([page, .. pictures]);
        }

        return new MultipartAlternative(new TextPart(TextFormat.Plain) { Text = text }, page);
    }

    /// <param name="Files">In the order in which the program sent them.</param>
    private sealed record MessageContent(Message Message, IReadOnlyList<MessageAttachment> Files);
}
