using PostmanDashboard.ApiKeys.Usage.Callers;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>A call with the token of a key, and what became of it.</summary>
public readonly record struct KeyCall(Guid KeyId, KeyCallOutcome Outcome, DateTimeOffset At, CallerName Caller);
