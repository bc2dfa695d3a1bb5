using MailKit.Net.Smtp;

namespace PostmanDashboard.Mail.Transports;

/// <summary>What a server's refusal says something about: a mail and its recipient, or us.</summary>
internal static class SmtpRefusals
{
    public const int NotAvailable = 421;

    private const int FirstPermanentCode = 500;

    /// <param name="isConnected">Whether greeting, name, TLS and login were done: before that no answer says anything about a mail.</param>
    public static MailDelivery.Refused Read(SmtpCommandException refusal, bool isConnected)
    {
        var code = (int)refusal.StatusCode;
        var answer = $"{code} {refusal.Message}";
        return !isConnected || IsAboutUs(refusal.ErrorCode, code)
            ? new MailDelivery.Refused(answer, IsFinal: false, code, RefusalCause.Server)
            : new MailDelivery.Refused(answer, code >= FirstPermanentCode, code);
    }

    /// <remarks>
    /// The sender on the envelope is always <c>Mail:From</c>, also where a program's own address is in the header, so that a refusal of
    /// it is about us; but 452 and 552 there are about the size of the mail (RFC 1870, 6.1). Servers often wait with their answer to
    /// EHLO (504), and with asking for a login (530 and its kind), until there is a recipient.
    /// </remarks>
    private static bool IsAboutUs(SmtpErrorCode error, int code) =>
        code is 503 or 504 or 530 or 534 or 535 or 538 || (error == SmtpErrorCode.SenderNotAccepted && code is not (452 or 552));
}
