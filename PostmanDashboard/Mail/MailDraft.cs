using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

/// <summary>A mail before it is owed.</summary>
/// <param name="ApiKeyId">The key that it is about. Null for a mail about none.</param>
/// <param name="OnceOnly">Names the fact that the mail tells, where that must be told once at the most. Null elsewhere.</param>
public sealed record MailDraft(MailKind Kind, EmailAddress To, string Subject, MailContent Content, Guid? ApiKeyId, string? OnceOnly = null);
