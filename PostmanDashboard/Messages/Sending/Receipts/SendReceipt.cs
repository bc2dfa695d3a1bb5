namespace PostmanDashboard.Messages.Sending.Receipts;

/// <summary>Remembers for a day what came of a send with an <c>Idempotency-Key</c>, so that sending it again sends nothing again.</summary>
public sealed class SendReceipt
{
    public const int KeyMaxLength = 255;

    public required Guid AccountId { get; init; }

    /// <summary>What the program called this send. Unique among the receipts of its account.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what was asked for.</summary>
    public required byte[] RequestHash { get; set; }

    /// <summary>The message that came of it.</summary>
    public required Guid MessageId { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
