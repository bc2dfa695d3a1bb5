using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Messages.Delivery;

namespace PostmanDashboard.Messages.HeldBack;

/// <summary>Decides whether a mail server has said that an address isn't there.</summary>
/// <remarks>
/// Holding back an address that exists costs its owner mail, so whatever may mean something else doesn't count: a full or disabled mailbox
/// (5.2.x; 5.2.1 is also said to those who send too fast), a sender or a relay that isn't allowed, and suspected spam (5.7.x). Nor does 550 alone: it
/// is said "for policy reasons" too (RFC 5321, 4.2.3). Without an enhanced code, the words decide.
/// </remarks>
internal static class MissingMailbox
{
    /// <summary>RFC 3463, 3.2, and RFC 7505 (10): bad mailbox, bad system, bad syntax, moved without a new address, a domain that takes no mail.</summary>
    private static readonly string[] Codes = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"];

    /// <summary>What servers say that send no enhanced codes: Exim, qmail, and older ones.</summary>
    private static readonly string[] Words =
        ["no such user", "user unknown", "unknown user", "user not found", "no such mailbox", "mailbox not found", "no mailbox here by that name"];

    public static bool IsSaidBy(MailFailure failure) =>
        // 551 and 553 say the same of mailboxes; words such as "expired" are no answer to an address.
        failure.Code is "550" or "551" or "553" or "554" or "556"
        && (EnhancedStatus.In(failure.Reason) is { } code ? Codes.Contains(code) : failure.Code == "550" && SaysSo(failure.Reason));

    private static bool SaysSo(string reason) =>
        Words.Any(words => reason.Contains(words, StringComparison.OrdinalIgnoreCase)) && !reason.Contains("sender", StringComparison.OrdinalIgnoreCase);
}
