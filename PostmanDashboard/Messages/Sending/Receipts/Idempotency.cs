namespace PostmanDashboard.Messages.Sending.Receipts;

/// <summary>What a program called a send, so that it can repeat it without sending twice.</summary>
/// <param name="Key">The value of <c>Idempotency-Key</c>.</param>
/// <param name="RequestHash">SHA-256 of all that was asked for.</param>
public sealed record Idempotency(string Key, byte[] RequestHash)
{
    /// <summary>How long it is remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);
}
