namespace PostmanDashboard.ApiKeys.Trial;

/// <summary>A ready-made program that sends one mail through the API. It takes its key from the environment and never holds one.</summary>
/// <param name="Language">As people call it.</param>
public sealed record Snippet(string Language, string Code);
