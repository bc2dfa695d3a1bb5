namespace PostmanDashboard.ApiKeys.Access;

/// <summary>What a key may do. The numbers are in the database; never change one.</summary>
public enum KeyAccess
{
    /// <summary>Sends, and reads what all keys of its account sent.</summary>
    Full = 0,

    /// <summary>Sends, and reads what it sent, itself or before it was rotated.</summary>
    OwnMessages = 1,

    /// <summary>Sends, and reads nothing.</summary>
    SendOnly = 2,
}

public static class KeyAccesses
{
    public static bool Allows(this KeyAccess access, KeyNeed need) => need is not KeyNeed.Read || access is not KeyAccess.SendOnly;

    public static string InWords(this KeyAccess access) => access switch
    {
        KeyAccess.Full => "Full",
        KeyAccess.OwnMessages => "Own messages",
        KeyAccess.SendOnly => "Send only",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, null),
    };

    /// <summary>What that means, in a sentence.</summary>
    public static string Explain(this KeyAccess access) => access switch
    {
        KeyAccess.Full => "Sends, and reads everything that this account sent, with any key.",
        KeyAccess.OwnMessages => "Sends, and reads only what it sent itself.",
        KeyAccess.SendOnly => "Sends, but can’t read any messages.",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, null),
    };

    /// <summary>As programs read it.</summary>
    public static string InApi(this KeyAccess access) => access switch
    {
        KeyAccess.Full => "full",
        KeyAccess.OwnMessages => "own_messages",
        KeyAccess.SendOnly => "send_only",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, null),
    };
}
