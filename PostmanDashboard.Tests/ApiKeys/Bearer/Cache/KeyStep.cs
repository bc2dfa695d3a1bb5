namespace PostmanDashboard.Tests.ApiKeys.Bearer.Cache;

/// <param name="Number">Which key, account or amount.</param>
/// <param name="Process">Which of the two processes calls or crashes.</param>
internal readonly record struct KeyStep(KeyAct Act, int Number, int Process);

internal enum KeyAct
{
    Call,
    Create,
    Delete,
    ReplaceToken,
    Rename,
    SetAccess,
    SetPaused,
    SetNetworks,
    Disable,
    Enable,
    SetLimit,
    MoveClock,
    Crash,

    /// <summary>More changes at once than are kept.</summary>
    FallBehind,

    Backup,

    /// <summary>The last backup, or nothing where there is none.</summary>
    Restore,
}
