namespace PostmanDashboard.Messages.HeldBack;

/// <summary>An address that isn't there: a message to it bounced for good, and its account sends nothing more to it until someone releases it.</summary>
/// <remarks>One row for each account and address. A release leaves it, so that it is known if the address bounces again.</remarks>
public sealed class HeldAddress
{
    public const int ReasonMaxLength = Message.ErrorMaxLength;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    /// <summary>As the program wrote it.</summary>
    public required string Address { get; init; }

    public required string NormalizedAddress { get; init; }

    /// <summary>False once it was released.</summary>
    public bool IsHeld { get; private set; } = true;

    /// <summary>When it was held back last.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>What the mail server said.</summary>
    public required string Reason { get; set; }

    /// <summary>The message that bounced.</summary>
    public required Guid MessageId { get; set; }

    /// <summary>When it was released last. Null when it never was.</summary>
    public DateTimeOffset? ReleasedAt { get; private init; }

    /// <summary>The account that released it last: its own, or an administrator's. Null when none did.</summary>
    public Guid? ReleasedBy { get; private init; }

    /// <summary>It was released, and bounced again.</summary>
    public void HoldAgain(Guid messageId, string reason, DateTimeOffset now) => (IsHeld, MessageId, Reason, Since) = (true, messageId, reason, now);
}
