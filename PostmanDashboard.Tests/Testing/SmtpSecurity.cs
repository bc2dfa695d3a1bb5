namespace PostmanDashboard.Tests.Testing;

/// <summary>What a test's SMTP server asks of a connection.</summary>
public enum SmtpSecurity
{
    None,

    /// <summary>Mail is refused until the client has said STARTTLS (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}
