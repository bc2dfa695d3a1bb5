namespace PostmanDashboard.Messages;

/// <summary>How far a message has come. The numbers are in the database; never change one.</summary>
public enum MessageStatus
{
    /// <summary>Committed with its mails: it is sent as soon as the mail server takes it.</summary>
    Accepted = 0,

    /// <summary>The mail server has taken it on for its recipient.</summary>
    Sent = 1,

    /// <summary>Refused for good for its recipient, or for three days on end.</summary>
    Bounced = 2,
}
