namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>What is known of the first call with a new key.</summary>
/// <param name="At">When it was accepted; for a rejected one, when it was seen first.</param>
/// <param name="From">Its address and user agent: <c>10.1.2.3, curl/8.5</c>. Null while they aren't written yet.</param>
/// <param name="Refusal">Why it was rejected, in a sentence. Null for one that was accepted.</param>
public sealed record FirstCall(DateTimeOffset At, string? From, string? Refusal)
{
    /// <summary>Whether everything is known that there will be to know.</summary>
    public bool IsFinal => Refusal is null && From is not null;
}
