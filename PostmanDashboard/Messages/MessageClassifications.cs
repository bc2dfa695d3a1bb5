namespace PostmanDashboard.Messages;

/// <summary>Says for people what a message is for.</summary>
internal static class MessageClassifications
{
    public static string InWords(MessageClassification classification) => classification switch
    {
        MessageClassification.Urgent => "Urgent",
        MessageClassification.ForAction => "For action",
        MessageClassification.ForInfo => "For information",
        _ => throw new ArgumentOutOfRangeException(nameof(classification), classification, null),
    };
}
