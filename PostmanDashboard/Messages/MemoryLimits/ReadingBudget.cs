using PostmanDashboard.Shell.Hosting;

namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>
/// Bounds how much there is at once of messages that are being read, wait for their turn or are being stored: for an account, and in all.
/// What any route may read isn't counted, so small messages are taken however many large ones are on their way.
/// </summary>
internal sealed class ReadingBudget
{
    /// <summary>Of one message, in bytes.</summary>
    public const long Uncounted = RequestLimits.MaxBodyLength;

    /// <summary>For each account, in bytes: two of the largest messages, and some.</summary>
    public const long OfAccount = 32 * 1024 * 1024;

    /// <summary>In bytes.</summary>
    public const long OfAll = 4 * OfAccount;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, long> byAccount = [];
    private long taken;

    /// <summary>How many accounts have something on its way.</summary>
    internal int Remembered => byAccount.Count;

    public Share Open(Guid accountId) => new(this, accountId);

    private void Take(Guid accountId, long length)
    {
        lock (gate)
        {
            var ofAccount = byAccount.GetValueOrDefault(accountId);
            if (ofAccount + length > OfAccount)
            {
                throw new ReadingRefusedException(isOfAccount: true);
            }

            if (taken + length > OfAll)
            {
                throw new ReadingRefusedException(isOfAccount: false);
            }

            byAccount[accountId] = ofAccount + length;
            taken += length;
        }
    }

    private void Return(Guid accountId, long length)
    {
        lock (gate)
        {
            taken -= length;
            if ((byAccount[accountId] -= length) == 0)
            {
                byAccount.Remove(accountId);
            }
        }
    }

    /// <summary>What one message takes of the budget, until this is disposed of.</summary>
    public sealed class Share(ReadingBudget budget, Guid accountId) : IDisposable
    {
        private long held;

        /// <exception cref="ReadingRefusedException">There is no room for a message so long.</exception>
        public void GrowTo(long length)
        {
            if (length - Uncounted - held is > 0 and var more)
            {
                budget.Take(accountId, more);
                held += more;
            }
        }

        public void Dispose()
        {
            if (held > 0)
            {
                budget.Return(accountId, held);
                held = 0;
            }
        }
    }
}
