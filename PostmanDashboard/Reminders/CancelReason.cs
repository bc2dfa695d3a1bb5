namespace PostmanDashboard.Reminders;

/// <summary>Why a reminder is not sent any more, as the owner of the key reads it.</summary>
public static class CancelReason
{
    public const string KeyDeleted = "the key was deleted";
    public const string ContactRemoved = "no longer a contact";
    public const string AccountDisabled = "the account was disabled";

    /// <summary>Of a mail alone: a reminder that never became one is <see cref="ReminderState.Superseded"/>.</summary>
    public const string Superseded = "a tighter warning was due before it could be sent";

    /// <summary>Of a mail alone: its reminder is planned again.</summary>
    public const string NotDue = "it wasn't due: the clock was set back";
}
