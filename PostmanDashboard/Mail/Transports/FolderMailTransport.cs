using System.Globalization;
using MimeKit;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Mail.Transports;

/// <summary>Writes mails into a folder as <c>.eml</c> files, in Development, where there is no SMTP server.</summary>
public sealed class FolderMailTransport(StorageFolder storage, TimeProvider clock) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(MimeMessage message, string recipient, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(storage.MailFolder);
        // The name starts with the time, so that names in order are mails in order.
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfffffff}-{Guid.NewGuid():N}");
        var unfinished = Path.Combine(storage.MailFolder, $"{name}.part");
        await message.WriteToAsync(unfinished, cancellationToken);
        File.Move(unfinished, Path.Combine(storage.MailFolder, $"{name}.eml"));
        return new MailDelivery.Accepted();
    }
}
