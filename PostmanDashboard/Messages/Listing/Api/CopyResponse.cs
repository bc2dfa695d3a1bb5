using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>A copy of a message, and what has become of it.</summary>
/// <param name="Address">Whom it goes to.</param>
/// <param name="Kind">cc or bcc.</param>
/// <param name="Status">ACCEPTED, SENT or BOUNCED, as for the message itself, which has the status of the mail to its recipient.</param>
/// <param name="ErrorCode">When it bounced: the mail server's answer, such as 550, or expired when it was refused for three days on end.</param>
/// <param name="ErrorSubType">When it bounced and the mail server said so: the enhanced status code (RFC 3463), such as 5.1.1.</param>
/// <param name="SentAt">When the mail server took it on. Null before.</param>
[SchemaName("CopyAnswer")]
public sealed record CopyResponse(string Address, string Kind, string Status, string? ErrorCode, string? ErrorSubType, DateTimeOffset? SentAt)
{
    internal static IReadOnlyList<CopyResponse> Of(IReadOnlyList<string> cc, IReadOnlyList<string> bcc, CopyOutcomes outcomes) =>
        [.. cc.Select(address => Of(address, "cc", outcomes)), .. bcc.Select(address => Of(address, "bcc", outcomes))];

    private static CopyResponse Of(string address, string kind, CopyOutcomes outcomes)
    {
        var outcome = outcomes.Of(address);
        return new CopyResponse(
            address, kind, MessageResponse.InWords(outcome.Status), outcome.ErrorCode, EnhancedStatus.In(outcome.Reason), outcome.SentAt);
    }
}
