namespace PostmanDashboard.ApiKeys.Endpoints;

/// <summary>The key that a call was made with.</summary>
/// <param name="Id">Identifies the key, even after its label was changed.</param>
/// <param name="Label">The name that its account gave it.</param>
/// <param name="Hint">The last five characters of the key, as the Settings page shows them.</param>
/// <param name="Account">The email address of the account that it belongs to.</param>
/// <param name="CreatedAt">When the key was generated.</param>
/// <param name="ExpiresAt">The instant from which the key is rejected.</param>
/// <param name="DaysLeft">How many days the key has left; 1 on its last day.</param>
/// <param name="Access">What the key may do: <c>full</c>, <c>own_messages</c> (sends, and reads only what it sent) or <c>send_only</c>.</param>
/// <param name="Networks">The CIDR ranges that the key may be called from. Empty for anywhere.</param>
public sealed record CurrentApiKey(
    Guid Id, string Label, string Hint, string Account, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int DaysLeft, string Access,
    IReadOnlyList<string> Networks);
