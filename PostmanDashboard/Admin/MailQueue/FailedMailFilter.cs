using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Failures;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>Which failed mails are meant, in a list and in what is done about all of it.</summary>
/// <param name="OfPrograms">API messages, or our own mails. Null for both.</param>
/// <param name="Kind">Null for mails of every kind.</param>
/// <param name="SearchText">A part of the recipient, the reason or the label, in whatever case. Null or empty for all.</param>
/// <param name="IncludesAcknowledged">Whether those are meant too that someone has acknowledged.</param>
/// <param name="MailId">Only this one. Null for all.</param>
public sealed record FailedMailFilter(
    bool? OfPrograms = null, MailKind? Kind = null, string? SearchText = null, bool IncludesAcknowledged = false, Guid? MailId = null)
{
    private const string EscapeCharacter = "\\";

    public static FailedMailFilter All { get; } = new();

    /// <summary>Whether a person left some out.</summary>
    public bool IsNarrowed => Kind is not null || !string.IsNullOrWhiteSpace(SearchText);

    internal IQueryable<OutgoingMail> Find(DashboardDbContext db)
    {
        var failed = db.OutgoingMails.Where(mail => mail.State == MailState.Failed);
        failed = MailId is { } id ? failed.Where(mail => mail.Id == id) : failed;
        failed = Kind is { } kind ? failed.Where(mail => mail.Kind == kind) : failed;
        failed = OfPrograms switch
        {
            true => failed.Where(mail => mail.MessageId != null),
            // All that failed are settled: it leads SQLite to the index of our own.
            false => failed.Where(mail => mail.MessageId == null && mail.SettledAt != null),
            null => failed,
        };
        failed = IncludesAcknowledged ? failed : failed.Unacknowledged(db);
        return string.IsNullOrWhiteSpace(SearchText) ? failed : Having(db, failed, $"%{Escape(SearchText.Trim())}%");
    }

    private static IQueryable<OutgoingMail> Having(DashboardDbContext db, IQueryable<OutgoingMail> failed, string pattern) => failed.Where(mail =>
        EF.Functions.Like(mail.Recipient, pattern, EscapeCharacter)
        || EF.Functions.Like(mail.Reason, pattern, EscapeCharacter)
        || db.ApiKeys.Any(key => key.Id == mail.ApiKeyId && EF.Functions.Like(key.Label, pattern, EscapeCharacter)));

    private static string Escape(string text) => text
        .Replace(EscapeCharacter, EscapeCharacter + EscapeCharacter, StringComparison.Ordinal)
        .Replace("%", $"{EscapeCharacter}%", StringComparison.Ordinal)
        .Replace("_", $"{EscapeCharacter}_", StringComparison.Ordinal);
}
