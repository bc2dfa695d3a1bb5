using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Mail;

/// <summary>A mail before it is in the outbox.</summary>
/// <param name="ApiKeyId">The key that it is about. Null for a mail about none.</param>
/// <param name="OnceOnly">Identifies the event that the mail reports, where that must be reported at most once. Null elsewhere.</param>
public sealed record MailDraft(MailKind Kind, EmailAddress To, string Subject, MailContent Content, Guid? ApiKeyId, string? OnceOnly = null);
