namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>The moments at which the contacts of a key are told that it expires, widest first. The numbers are in the database; never change one.</summary>
public enum ReminderStage
{
    OneMonth = 0,
    TwoWeeks = 1,
    ThreeDays = 2,
    OneDay = 3,

    /// <summary>The farewell, at the instant of expiry.</summary>
    Expired = 4,
}
