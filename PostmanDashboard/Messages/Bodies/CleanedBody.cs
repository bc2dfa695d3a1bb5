namespace PostmanDashboard.Messages.Bodies;

/// <summary>A body as it is stored and sent: read once, when its message is accepted.</summary>
/// <param name="Html">Without what a mail can't hold.</param>
/// <param name="Text">The same as plain text.</param>
/// <param name="Pictures">Which of the message's files it shows: their positions, of files that there may or may not be.</param>
public sealed record CleanedBody(string Html, string Text, IReadOnlyList<int> Pictures);
