namespace PostmanDashboard.Accounts;

/// <summary>What an account may be besides a plain account.</summary>
public static class Roles
{
    /// <summary>Sees <c>/admin</c> and <c>/hangfire</c>: every key's facts, and never a token.</summary>
    public const string Administrator = "Administrator";
}
