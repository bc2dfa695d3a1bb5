using PostmanDashboard.Messages.Delivery;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>A copy of a message and its status.</summary>
/// <param name="Address">The address it goes to.</param>
/// <param name="Kind">cc or bcc.</param>
/// <param name="Status">ACCEPTED, SENT or BOUNCED, as for the message itself, which has the status of the mail to its recipient.</param>
/// <param name="ErrorCode">If it bounced: the mail server's answer, such as 550, or expired if it was rejected for three days in a row.</param>
/// <param name="ErrorSubType">If it bounced and the mail server gave one: the enhanced status code (RFC 3463), such as 5.1.1.</param>
/// <param name="SentAt">When the mail server accepted it. Null before that.</param>
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
