namespace PostmanDashboard.Messages;

/// <summary>What a program says that its message is for. The numbers are in the database; never change one.</summary>
public enum MessageClassification
{
    Urgent = 0,
    ForAction = 1,
    ForInfo = 2,
}
