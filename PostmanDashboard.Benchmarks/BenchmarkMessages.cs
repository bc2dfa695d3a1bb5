using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.Messages;

namespace PostmanDashboard.Benchmarks;

/// <summary>Messages as programs send them.</summary>
internal static class BenchmarkMessages
{
    public const string Body = "<p>Dear Raj,</p><p>your grant has been <b>approved</b>. Thank you.</p>";

    public static Message Create(VerifiedApiKey key, string recipient, DateTimeOffset createdAt, DateTimeOffset updatedAt, string? tag = null) => new()
    {
        AccountId = key.AccountId,
        ApiKeyId = key.Id,
        From = "Grants <donotreply@postman.example>",
        Recipient = recipient,
        NormalizedRecipient = recipient.ToUpperInvariant(),
        ReplyTo = "mei@agency.gov.sg",
        Cc = [],
        Bcc = [],
        Subject = "Your grant",
        Body = Body,
        Text = "Dear Raj,\n\nyour grant has been approved. Thank you.\n",
        Pictures = [],
        Tag = tag,
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };
}
