using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Messages.Bodies;

/// <summary>Reads the bodies that were stored before their text and pictures were: those of messages that may still be sent.</summary>
/// <remarks>At the upgrade, so that delivery has one way for all. Safe to repeat: what was read is left alone.</remarks>
internal static class StoredBodies
{
    public static async Task ReadAsync(DashboardDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = await db.Messages.Where(message => message.Body != null && message.Text == null && db.OutgoingMails.Any(mail =>
                mail.MessageId == message.Id && (mail.State == MailState.Waiting || mail.State == MailState.Failed)))
            .Select(message => message.Id)
            .ToListAsync(cancellationToken);
        // One at a time: a body may have a megabyte.
        foreach (var id in ids)
        {
            await ReadAsync(db.Messages.Where(message => message.Id == id), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ReadAsync(IQueryable<Message> one, CancellationToken cancellationToken)
    {
        var html = await one.Select(message => message.Body!).SingleAsync(cancellationToken);
        using var document = BodyParser.ParseCleaned(html);
        var (text, pictures) = (BodyText.Of(document.Body!), BodyPictures.In(document.Body!));
        await one.ExecuteUpdateAsync(
            set => set.SetProperty(message => message.Text, text).SetProperty(message => message.Pictures, pictures), cancellationToken);
    }
}
