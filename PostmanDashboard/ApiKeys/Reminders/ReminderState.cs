namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>What became of a reminder, as far as its own row says; whether a queued one was sent, its mail says. The numbers are in the database.</summary>
public enum ReminderState
{
    Planned = 0,

    /// <summary>Its mail is in the outbox, or was.</summary>
    Queued = 1,

    /// <summary>A more urgent one was due at the same time and was sent instead.</summary>
    Superseded = 2,

    /// <summary>Not to be sent any more, for the reason in the row.</summary>
    Cancelled = 3,
}
