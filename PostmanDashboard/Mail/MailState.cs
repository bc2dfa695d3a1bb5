namespace PostmanDashboard.Mail;

/// <summary>What became of a mail. The numbers are in the database; never change one.</summary>
public enum MailState
{
    /// <summary>Owed: it is sent as soon as the server takes it.</summary>
    Waiting = 0,

    /// <summary>The mail server has taken it on.</summary>
    Sent = 1,

    /// <summary>Refused for good, or for three days on end. It can be tried again by hand.</summary>
    Failed = 2,

    /// <summary>No longer due, because what it says is no longer true.</summary>
    Cancelled = 3,
}
