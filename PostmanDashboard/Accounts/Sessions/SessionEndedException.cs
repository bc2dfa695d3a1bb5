namespace PostmanDashboard.Accounts.Sessions;

/// <summary>
/// What a person asked for isn't done, because their session ended meanwhile. A cancellation, and not a failure: nobody has to look into
/// it, and the page says already that the session has ended.
/// </summary>
public sealed class SessionEndedException() : OperationCanceledException("The session that asked for this has ended.");
