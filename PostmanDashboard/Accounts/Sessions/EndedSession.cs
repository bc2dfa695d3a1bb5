namespace PostmanDashboard.Accounts.Sessions;

/// <summary>A session that someone signed out of before its cookie ran out, so that a copy of that cookie opens nothing.</summary>
public sealed class EndedSession
{
    /// <summary>The one that the cookie carries.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the cookie runs out by itself, and this row says nothing any more.</summary>
    public required DateTimeOffset ForgottenAt { get; init; }
}
