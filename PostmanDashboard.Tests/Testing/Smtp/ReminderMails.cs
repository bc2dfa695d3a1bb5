using MimeKit;

namespace PostmanDashboard.Tests.Testing.Smtp;

/// <summary>Tells the mails about an expiry from all the others.</summary>
public static class ReminderMails
{
    /// <summary>What the reminders to an address said, in the order in which they were sent: <c>in 14 days</c>, <c>has expired</c>.</summary>
    public static IReadOnlyList<string> RemindersTo(this RecordingTransport mail, string address) =>
        [.. mail.To(address).Select(Stage).OfType<string>()];

    /// <returns>Null for a mail that is no reminder.</returns>
    public static string? Stage(this MimeMessage mail) => mail.Subject switch
    {
        null => null,
        var subject when subject.EndsWith("has expired", StringComparison.Ordinal) => "has expired",
        var subject when subject.IndexOf(" expires ", StringComparison.Ordinal) is >= 0 and var at => subject[(at + " expires ".Length)..],
        _ => null,
    };
}
