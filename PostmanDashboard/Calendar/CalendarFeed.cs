namespace PostmanDashboard.Calendar;

/// <summary>The secret address at which an account's calendar of expiries is read. One an account; a new one ends the old.</summary>
public sealed class CalendarFeed
{
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the secret in the address.</summary>
    public required byte[] SecretHash { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
