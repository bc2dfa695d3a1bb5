using NodaTime;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Tests.Testing.Database;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Many keys at once that somebody is to be reminded of now, without the mails about their making.</summary>
internal static class DueReminders
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Singapore"];

    /// <summary>Keys of one account and of ten days to go, each with a reminder that a sweep has yet to find.</summary>
    public static async Task AddDueRemindersAsync(this TestDatabase database, int keys, string contact, DateTimeOffset now)
    {
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        await using var db = database.CreateDbContext();
        for (var number = 0; number < keys; number++)
        {
            var key = Issue(account.Id, $"System {number}", contact, now.AddDays(-20));
            db.ApiKeys.Add(key);
            db.Reminders.AddRange(key.Contacts.Select(one => new Reminder
            {
                ApiKeyId = key.Id,
                Stage = ReminderStage.TwoWeeks,
                Contact = one.Address,
                NormalizedContact = one.NormalizedAddress,
                DueAt = now.AddMinutes(-1),
            }));
        }

        await db.SaveChangesAsync();
    }

    private static ApiKey Issue(Guid account, string text, string contact, DateTimeOffset createdAt)
    {
        Assert.True(ApiKeyLabel.TryParse(text, out var label, out _));
        Assert.True(ContactList.TryParse([contact], out var contacts, out _));
        return ApiKey.Issue(ApiKeyToken.Generate(), account, label, contacts, ApiKeyLifetime.Days30, createdAt, Zone);
    }
}
