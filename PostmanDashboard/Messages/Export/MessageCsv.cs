using System.Globalization;
using CsvHelper;
using PostmanDashboard.Messages.Lists;

namespace PostmanDashboard.Messages.Export;

/// <summary>Writes messages as a table that spreadsheets open (RFC 4180).</summary>
internal static class MessageCsv
{
    private static readonly string[] Columns = ["Id", "Created", "Recipient", "Subject", "Tag", "Key", "Key ends in", "Status", "Sent", "Error code", "Reason"];

    /// <remarks>
    /// A cell that a spreadsheet could take for a formula begins with an apostrophe. With the mark of UTF-8 in front, because Excel
    /// guesses wrong otherwise.
    /// </remarks>
    private static readonly CsvWriterOptions Format = new()
    {
        WriteByteOrderMark = true,
        Injection = CsvInjection.Escape,
        InjectionCharacters = "=+-@\t\r\n",
    };

    /// <remarks>What was written goes out whenever the writer's buffer is full, so that a long file takes no more room than a short one.</remarks>
    public static async Task WriteAsync(Stream output, IAsyncEnumerable<MessageSummary> messages, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, cancellationToken);
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(Cells(message, zone), cancellationToken);
        }
    }

    private static string?[] Cells(MessageSummary message, TimeZoneInfo zone) =>
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
    ];

    /// <summary><c>2026-07-05T17:00:00+08:00</c>: the agency's time, and plain enough to be computed with.</summary>
    private static string Instant(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
