namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>When the contacts of a key are reminded that it expires, earliest first. The numbers are in the database; never change one.</summary>
public enum ReminderStage
{
    OneMonth = 0,
    TwoWeeks = 1,
    ThreeDays = 2,
    OneDay = 3,

    /// <summary>The notice at the instant of expiry.</summary>
    Expired = 4,
}
