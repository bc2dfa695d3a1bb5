namespace PostmanDashboard.Shell.Badges;

/// <summary>How a status is to be taken. Its words say what it is; the colour is never alone.</summary>
public enum BadgeTone
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Someone should do something soon.</summary>
    Warn,

    /// <summary>It is too late, or went wrong.</summary>
    Bad,

    /// <summary>It is under way.</summary>
    Active,

    /// <summary>Nothing follows from it.</summary>
    Quiet,
}
