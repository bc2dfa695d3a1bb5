using MimeKit;
using PostmanDashboard.Data.Storage;

namespace PostmanDashboard.Mail.Development;

/// <summary>Reads the mails that Development writes into a folder.</summary>
public sealed class DevelopmentMailbox(StorageFolder storage)
{
    /// <summary>As many as the page lists; older ones stay in the folder.</summary>
    public const int Shown = 100;

    /// <returns>The newest first.</returns>
    public async Task<IReadOnlyList<DevelopmentMail>> ListAsync(CancellationToken cancellationToken)
    {
        var mails = new List<DevelopmentMail>();
        foreach (var file in Files().Order(StringComparer.Ordinal).Reverse().Take(Shown))
        {
            mails.Add(await ReadAsync(file, cancellationToken));
        }

        return mails;
    }

    /// <returns>Null when there is no mail of that name.</returns>
    public async Task<DevelopmentMail?> FindAsync(string name, CancellationToken cancellationToken) =>
        // By comparison with the files that are there, so that no name can lead out of the folder.
        Files().FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name) is { } file
            ? await ReadAsync(file, cancellationToken)
            : null;

    private IEnumerable<string> Files() =>
        Directory.Exists(storage.MailFolder) ? Directory.EnumerateFiles(storage.MailFolder, "*.eml") : [];

    private static async Task<DevelopmentMail> ReadAsync(string file, CancellationToken cancellationToken)
    {
        using var message = await MimeMessage.LoadAsync(file, cancellationToken);
        return new DevelopmentMail(
            Path.GetFileNameWithoutExtension(file),
            message.Date,
            string.Join(", ", message.To.Mailboxes.Select(mailbox => mailbox.Address)),
            message.Subject ?? "",
            message.TextBody ?? "",
            message.HtmlBody);
    }
}

/// <param name="Name">What finds it again: the file's name without its ending.</param>
/// <param name="Html">Null for a mail that has none.</param>
public sealed record DevelopmentMail(string Name, DateTimeOffset SentAt, string To, string Subject, string Text, string? Html);
