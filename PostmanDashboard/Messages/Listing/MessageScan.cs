using Microsoft.EntityFrameworkCore;

namespace PostmanDashboard.Messages.Listing;

/// <summary>Reads a list in its order until enough of it was found, and at most <see cref="MostRead"/> messages where a text is looked for.</summary>
/// <remarks>
/// A text is compared here and not by the database: SQLite knows capitals of ASCII only, and the same for every script is wanted. An index
/// of all parts of subjects would be written with each message that is sent, for a search that people make now and then.
/// </remarks>
internal static class MessageScan
{
    /// <summary>For as long as nobody minds waiting: a tenth of a second.</summary>
    public const int MostRead = 20_000;

    /// <param name="list">In its order, from where the page begins.</param>
    /// <param name="text">Part of a recipient or a subject, in any case. Null for all messages.</param>
    public static Task<FoundPositions> ReadAsync(IQueryable<MessagePosition> list, string? text, int count, CancellationToken cancellationToken) =>
        text is null ? ReadAsync(list, count, cancellationToken) : SearchAsync(list, text, count, cancellationToken);

    private static async Task<FoundPositions> ReadAsync(IQueryable<MessagePosition> list, int count, CancellationToken cancellationToken)
    {
        var found = await list.Take(count + 1).ToListAsync(cancellationToken);
        return found.Count > count ? new FoundPositions(found[..count], found[count - 1], false) : new FoundPositions(found, null, false);
    }

    private static async Task<FoundPositions> SearchAsync(IQueryable<MessagePosition> list, string text, int count, CancellationToken cancellationToken)
    {
        var found = new List<MessagePosition>();
        var (read, last) = (0, (MessagePosition?)null);
        await foreach (var position in list.Take(MostRead + 1).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (read == MostRead)
            {
                return new FoundPositions(found, last, IsCutOff: true);
            }

            if (Has(position, text))
            {
                if (found.Count == count)
                {
                    return new FoundPositions(found, found[^1], IsCutOff: false);
                }

                found.Add(position);
            }

            (read, last) = (read + 1, position);
        }

        return new FoundPositions(found, null, IsCutOff: false);
    }

    private static bool Has(MessagePosition position, string text) =>
        position.Subject!.Contains(text, StringComparison.OrdinalIgnoreCase) || position.Recipient!.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What was found of a list.</summary>
/// <param name="Next">What the rest of the list begins after. Null at its end.</param>
/// <param name="IsCutOff">Whether looking for a text ended before enough was found.</param>
internal sealed record FoundPositions(IReadOnlyList<MessagePosition> Positions, MessagePosition? Next, bool IsCutOff);
