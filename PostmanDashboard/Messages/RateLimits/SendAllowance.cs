namespace PostmanDashboard.Messages.RateLimits;

/// <summary>Whether an account may send once more, now.</summary>
/// <param name="Limit">How many messages a second it may send.</param>
/// <param name="Remaining">How many more it may send at this moment.</param>
public readonly record struct SendAllowance(bool Granted, int Limit, int Remaining);
