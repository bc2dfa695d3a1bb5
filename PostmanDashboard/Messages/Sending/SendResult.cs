using PostmanDashboard.Messages.HeldBack;

namespace PostmanDashboard.Messages.Sending;

/// <summary>What can come of asking for a message.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The message is committed, and its mails are.</summary>
    public sealed record Accepted(Message Message) : SendResult;

    /// <summary>The same was asked for before under the same <c>Idempotency-Key</c>; this is the message of then.</summary>
    public sealed record Repeated(Guid MessageId) : SendResult;

    /// <summary>Something else was asked for before under the same <c>Idempotency-Key</c>.</summary>
    public sealed record KeyReused : SendResult;

    /// <summary>Nothing was sent: some of those whom it would go to are held back.</summary>
    public sealed record HeldBack(IReadOnlyList<HeldAddress> Addresses) : SendResult;
}
