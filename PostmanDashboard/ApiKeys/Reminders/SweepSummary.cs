namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>What a sweep did.</summary>
/// <param name="Queued">How many reminders were put into the outbox.</param>
/// <param name="Late">How many of those a punctual sweep would have put there before.</param>
public sealed record SweepSummary(DateTimeOffset StartedAt, int Queued, int Late);
