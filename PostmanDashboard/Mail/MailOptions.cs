using System.ComponentModel.DataAnnotations;
using MimeKit;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

/// <summary>From whom mails come, and which server takes them.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>A mailbox with or without a name: <c>Postman &lt;donotreply@postman.example&gt;</c>.</summary>
    public required string From { get; set; }

    /// <summary>How long the bodies of mails are kept once they are sent, have failed or were cancelled. 1 day to 10 years.</summary>
    public TimeSpan KeepBodiesFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a mail that is being sent is kept from everyone else after its sender last said that it lives: a process that died
    /// holds it up for so long. 2 seconds to 1 hour. It is prolonged while the mail is being sent, however long that takes.
    /// </summary>
    public TimeSpan LeaseFor { get; set; } = TimeSpan.FromMinutes(5);

    public SmtpOptions Smtp { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailboxAddress.TryParse(From ?? "", out var mailbox) || !EmailAddress.TryParse(mailbox.Address, out _))
        {
            yield return new ValidationResult($"Mail:From is “{From}”, which is not a mailbox. Write it like “Postman <donotreply@agency.gov.sg>”.");
        }

        if (KeepBodiesFor < TimeSpan.FromDays(1) || KeepBodiesFor > TimeSpan.FromDays(3650))
        {
            yield return new ValidationResult($"Mail:KeepBodiesFor is {KeepBodiesFor}; keep bodies for 1 day (“1.00:00:00”) to 10 years.");
        }

        if (LeaseFor < TimeSpan.FromSeconds(2) || LeaseFor > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Mail:LeaseFor is {LeaseFor}; use 2 seconds (“00:00:02”) to 1 hour.");
        }

        foreach (var error in Smtp.FindErrors())
        {
            yield return new ValidationResult(error);
        }
    }
}

/// <summary>The SMTP server that takes our mails.</summary>
public sealed class SmtpOptions
{
    /// <summary>Null where there is none: then mails become files, which only Development allows.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535; usually 587 with STARTTLS, 465 with implicit TLS, 25 without.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Null where the server needs no login.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>How many mails are sent side by side, 1 to 50, each over its own connection.</summary>
    [Range(1, 50)]
    public int Connections { get; set; } = 4;

    /// <summary>How long the server may take to connect and take the addresses of a mail, and then for each part of its content.
    /// 1 second to 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the server may take to answer once it has a whole mail (RFC 5321, 4.5.3.2.6: ten minutes, because giving up earlier
    /// sends mails twice). At least <see cref="Timeout"/>, at most 1 hour.
    /// </summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What we call ourselves to the server (EHLO). Null where nothing is set and <c>Public:BaseUrl</c> isn't either: this machine's name.</summary>
    public string? HeloName { get; set; }

    internal IEnumerable<string> FindErrors()
    {
        if (!string.IsNullOrEmpty(Host) && Uri.CheckHostName(Host) is UriHostNameType.Unknown)
        {
            yield return $"Mail:Smtp:Host is “{Host}”, but it takes a host alone, like smtp.agency.gov.sg or 10.0.0.5. The port goes into " +
                $"Mail:Smtp:Port, and TLS into Mail:Smtp:Security.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"Mail:Smtp:Port is {Port}; a port is from 1 to 65535.";
        }

        if (Connections is < 1 or > 50)
        {
            yield return $"Mail:Smtp:Connections is {Connections}; use 1 to 50.";
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"Mail:Smtp:Timeout is {Timeout}; use 1 second (“00:00:01”) to 5 minutes.";
        }

        if (AnswerTimeout < Timeout || AnswerTimeout > TimeSpan.FromHours(1))
        {
            yield return $"Mail:Smtp:AnswerTimeout is {AnswerTimeout}; use Mail:Smtp:Timeout ({Timeout}) to 1 hour. RFC 5321 asks for 10 minutes.";
        }

        if (HeloName is { Length: > 0 } name && Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            yield return $"Mail:Smtp:HeloName is “{name}”, which is not the name of a host. Write it like postman.agency.gov.sg.";
        }

        if (!Enum.IsDefined(Security))
        {
            yield return $"Mail:Smtp:Security is {Security}; use StartTls, Tls or None.";
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return "Mail:Smtp:User and Mail:Smtp:Password go together: set both, or neither.";
        }
    }
}

/// <summary>How the connection to the SMTP server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>STARTTLS (RFC 3207), required: a server that doesn't offer it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,

    /// <summary>None. For a relay on the same host.</summary>
    None,
}
