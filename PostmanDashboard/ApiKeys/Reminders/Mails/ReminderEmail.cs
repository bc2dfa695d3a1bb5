using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Reminders.Mails;

/// <summary>What a contact reads before a key expires, and when it has.</summary>
public sealed class ReminderEmail(AgencyTime time, PublicAddress address, TimeProvider clock)
{
    private const string Why =
        "You’re getting this email because you’re a contact of this key. The owner of the account can change its contacts in Settings.";

    /// <param name="replacement">The key that is taking its place, so that nobody makes a second one. Null where none is.</param>
    public MailDraft Write(Reminder reminder, ApiKey key, string accountEmail, ApiKey? replacement)
    {
        var (subject, content) = Words(key, accountEmail, replacement);
        return new MailDraft(
            MailKind.Reminder, EmailAddress.Parse(reminder.Contact), subject, content, key.Id, OnceOnly: $"reminder:{reminder.Id:N}");
    }

    /// <summary>What is true at this moment, whichever stage the reminder is for.</summary>
    public (string Subject, MailContent Content) Words(ApiKey key, string accountEmail, ApiKey? replacement) =>
        clock.GetUtcNow() < key.ExpiresAt ? Warning(key, accountEmail, replacement) : ExpiryNotice(key, accountEmail, replacement);

    private (string Subject, MailContent Content) Warning(ApiKey key, string accountEmail, ApiKey? replacement)
    {
        var left = ReminderWords.UntilExpiry(key.ExpiresAt, clock.GetUtcNow(), time.Zone);
        var content = new MailContent()
            .Preheader($"Rotate it before {time.FormatDate(key.ExpiresAt)}: create a replacement, switch your systems, delete the old key.")
            .Paragraph($"The API key “{key.Label}” expires {left}. {(key.PausedAt is { } pausedAt
                ? $"It has been paused since {time.Format(pausedAt)}, so calls with it are rejected until it is resumed in Settings. If no system needs it, "
                    + "delete it there."
                : "After that, systems that use it can’t send email.")}")
            .FactsOf(key, accountEmail, ("Expires", $"{time.Format(key.ExpiresAt)}, {left}"));
        if (replacement is null)
        {
            content.Paragraph("To replace it without downtime, follow these steps in order:").Steps(
                "Create its replacement on the rotation page, and save the new key.",
                "Put the new key into your system, and restart it if needed.",
                "Delete the old key on the rotation page, as soon as the page says that it’s safe.")
                .Button("Rotate this key", address.OfRotation(key.Id));
        }
        else
        {
            AddReplacement(content, key, replacement);
        }

        return ($"API key “{key.Label}” expires {left}", content.LinkTo(key, address).Paragraph(Why));
    }

    private (string Subject, MailContent Content) ExpiryNotice(ApiKey key, string accountEmail, ApiKey? replacement)
    {
        var content = new MailContent()
            .Paragraph($"The API key “{key.Label}” has expired. Systems that use it can no longer send email.")
            .FactsOf(key, accountEmail, ("Expired", $"{time.Format(key.ExpiresAt)}, {RelativeTime.Format(key.ExpiresAt, clock.GetUtcNow())}"));
        if (replacement is null)
        {
            content.Paragraph("If a system still needs a key:").Steps(
                "Generate a new API key in Settings and save it.",
                "Put the new key into your system, and restart it if needed.",
                "Delete the expired key in Settings.")
                .Button("Open Settings", address.Root + PageRoutes.Settings);
        }
        else
        {
            AddReplacement(content, key, replacement);
        }

        return ($"API key “{key.Label}” has expired", content.LinkTo(key, address).Paragraph(Why));
    }

    private void AddReplacement(MailContent content, ApiKey key, ApiKey replacement) => content
        .Paragraph($"A replacement, “{replacement.Label}” (•••••{replacement.Hint}), was created on {time.Format(replacement.CreatedAt)}. "
            + (replacement.FirstUsedAt is { } used ? $"It has been used since {time.Format(used)}." : "It hasn’t been used yet.")
            + " Next steps:")
        .Steps(
            $"Put “{replacement.Label}” into every system that still uses the old key, and restart it if needed.",
            "Check the rotation page: it shows who still calls with the old key.",
            "Delete the old key there.")
        .Button("Open the rotation", address.OfRotation(key.Id));
}
