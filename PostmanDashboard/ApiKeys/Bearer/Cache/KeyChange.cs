namespace PostmanDashboard.ApiKeys.Bearer.Cache;

/// <summary>
/// Says that what was read about a key is out of date. Triggers of the database write it in the transaction of the change itself, whoever
/// makes the change, and delete all but the last <see cref="Kept"/>.
/// </summary>
public sealed class KeyChange
{
    /// <summary>How many are kept. A process that falls further behind forgets all that it remembers.</summary>
    public const int Kept = 1000;

    /// <summary>Grows by one with each.</summary>
    public long Sequence { get; private init; }

    /// <summary>Random: tells two changes with the same number apart after a backup was restored.</summary>
    public long Stamp { get; private init; }

    /// <summary>The hash of the key before the change, by which it is remembered.</summary>
    public required byte[] Hash { get; init; }
}
