using MailKit.Net.Smtp;

namespace PostmanDashboard.Mail.Transports;

/// <summary>A connection to the SMTP server, greeted and signed in.</summary>
/// <param name="IsKept">Whether it has carried a mail already, so that the server may have had enough of it.</param>
public sealed record SmtpConnection(SmtpClient Client, bool IsKept) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
