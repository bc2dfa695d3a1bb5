using System.Text.Json.Serialization;
using MimeKit;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>A mail that reached the end of its DATA on a test's SMTP server.</summary>
/// <param name="From">The sender on the envelope.</param>
/// <param name="Recipients">Those on the envelope that were not refused.</param>
/// <param name="PeerPort">The client's port: two mails with one port came over one connection.</param>
/// <param name="Answered">False when the server hung up instead of saying that it has the mail.</param>
public sealed record ReceivedMail(
    string From,
    IReadOnlyList<string> Recipients,
    [property: JsonPropertyName("content")] byte[] Raw,
    int PeerPort,
    bool Encrypted,
    bool Answered)
{
    public MimeMessage Read() => MimeMessage.Load(new MemoryStream(Raw));
}
