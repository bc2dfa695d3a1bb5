namespace PostmanDashboard.Mail;

/// <summary>Why a mail, or the reminder that it would have been, is no longer due. The numbers are in the database; never change one.</summary>
public enum CancelReason
{
    KeyDeleted = 0,

    ContactRemoved = 1,

    AccountDisabled = 2,

    /// <summary>For mails only: a more urgent reminder was due before it could be sent. A reminder that never became a mail has a
    /// state of its own for that.</summary>
    Superseded = 3,

    /// <summary>Of a mail alone: the clock was set back, and its reminder is planned again.</summary>
    NotDue = 4,
}
