namespace PostmanDashboard.ApiKeys.Page;

/// <summary>The parts of a key's page, each with an address of its own.</summary>
public enum KeySection
{
    Overview,
    Reminders,
    Calls,
    Messages,
    Activity,
}
