using PostmanDashboard.ApiKeys.Usage.Recording;

namespace PostmanDashboard.ApiKeys.Usage.Callers;

/// <summary>The calls of one caller that aren't written yet.</summary>
internal readonly record struct CallerCounts(DateTimeOffset FirstAt, DateTimeOffset LastAt, long Accepted, long Refused)
{
    public static CallerCounts Of(KeyCall call) =>
        call.Outcome is KeyCallOutcome.Accepted ? new(call.At, call.At, 1, 0) : new(call.At, call.At, 0, 1);

    public static CallerCounts operator +(CallerCounts one, CallerCounts other) => new(
        one.FirstAt < other.FirstAt ? one.FirstAt : other.FirstAt,
        one.LastAt > other.LastAt ? one.LastAt : other.LastAt,
        one.Accepted + other.Accepted,
        one.Refused + other.Refused);
}
