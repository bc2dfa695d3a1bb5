using System.Globalization;
using CsvHelper;
using NodaTime;
using PostmanDashboard.Messages.Listing;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Messages.Export;

/// <summary>Writes messages as a table that spreadsheets open (RFC 4180).</summary>
internal static class MessageCsv
{
    private static readonly string[] Columns =
        ["Id", "Created", "Recipient", "Subject", "Tag", "Key", "Key ends in", "Status", "Sent", "Error code", "Reason", "Cc", "Bcc", "Bounced copies",
        "Classification"];

    /// <remarks>
    /// A cell that a spreadsheet could take for a formula starts with an apostrophe. With the mark of UTF-8 in front, because Excel
    /// guesses wrong otherwise.
    /// </remarks>
    private static readonly CsvWriterOptions Format = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        InjectionCharacters = "=+-@\t\r\n",
    };

    /// <summary>What East Asian keyboards write for them, which Excel takes for the same. The library knows ASCII only.</summary>
    private const string FullWidth = "＝＋－＠";

    /// <remarks>What was written goes out whenever the writer's buffer is full, so that a long file takes no more room than a short one.</remarks>
    public static async Task WriteAsync(Stream output, IAsyncEnumerable<MessageSummary> messages, DateTimeZone zone, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellationToken);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(Cells(message, zone), cancellationToken);
        }
    }

    private static string?[] Cells(MessageSummary message, DateTimeZone zone) => Array.ConvertAll<string?, string?>(
        [
            message.Id.ToString(),
            Instant(message.CreatedAt, zone),
            message.Recipient,
            message.Subject,
            message.Tag,
            message.Key.IsDeleted ? $"{message.Key.Label} (deleted)" : message.Key.Label,
            message.Key.Hint,
            message.Status.ToString(),
            message.SentAt is { } sentAt ? Instant(sentAt, zone) : null,
            message.ErrorCode,
            message.Reason,
            string.Join(", ", message.Cc),
            string.Join(", ", message.Bcc),
            string.Join(", ", message.BouncedCopies.Select(copy => $"{copy.Address} ({copy.ErrorCode})")),
            message.Classification is { } classification ? MessageClassifications.InWords(classification) : null,
        ],
        MarkFullWidth);

    private static string? MarkFullWidth(string? cell) => cell is { Length: > 0 } && FullWidth.Contains(cell[0], StringComparison.Ordinal) ? $"'{cell}" : cell;

    /// <summary><c>2026-07-05T17:00:00+08:00</c>: the agency's time, and plain enough to be computed with.</summary>
    private static string Instant(DateTimeOffset instant, DateTimeZone zone) =>
        AgencyCalendar.ToLocal(instant, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
