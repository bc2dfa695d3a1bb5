using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Calendar;

/// <summary>Writes an account's calendar (RFC 5545): when each key expires, and when its contacts are reminded. Never a token.</summary>
public sealed class ExpiryCalendar(IDbContextFactory<DashboardDbContext> databases, AgencyTime time, PublicAddress address, TimeProvider clock)
{
    /// <summary>How long a key that has expired stays in the calendar.</summary>
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(30);

    /// <summary>Long enough to be seen on a page of a calendar.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(30);

    public async Task<string> WriteAsync(CalendarOwner owner, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - KeptAfterExpiry;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var keys = await db.ApiKeys.AsNoTracking().OwnedBy(owner.AccountId).Where(key => key.ExpiresAt > since)
            .OrderBy(key => key.ExpiresAt).ThenBy(key => key.Id).ToListAsync(cancellationToken);
        var calendar = new Ical.Net.Calendar { ProductId = "-//Postman Dashboard//API keys//EN" };
        calendar.AddProperty("X-WR-CALNAME", $"API keys of {owner.Email}");
        // How often to look again, for Outlook and for whoever reads RFC 7986.
        calendar.AddProperty("X-PUBLISHED-TTL", "PT6H");
        calendar.Events.AddRange(keys.SelectMany(key => EventsOf(key, now)));
        return FoldedLines.Refold(new CalendarSerializer().SerializeToString(calendar)!);
    }

    private IEnumerable<CalendarEvent> EventsOf(ApiKey key, DateTimeOffset now)
    {
        var name = $"API key “{key.Label}” (•••••{key.Hint})";
        yield return Event(key, "expiry", $"{name} {(key.ExpiresAt > now ? "expires" : "has expired")}", key.ExpiresAt, now);
        foreach (var (stage, dueAt) in ReminderSchedule.Upcoming(key.ExpiresAt, now, time.Zone).Where(planned => planned.Stage != ReminderStage.Expired))
        {
            yield return Event(key, $"reminder-{(int)stage}", $"Reminder: {name} expires {InWords(stage)}", dueAt, now);
        }
    }

    /// <param name="part">With the key, what the event is known by for as long as the key lives.</param>
    private CalendarEvent Event(ApiKey key, string part, string summary, DateTimeOffset at, DateTimeOffset now) => new()
    {
        Uid = $"{key.Id:N}-{part}@postman-dashboard",
        Summary = summary,
        Description = $"{(key.ExpiresAt > now ? "From" : "Since")} {time.Format(key.ExpiresAt)} every call with this key is rejected. " +
            $"{(key.PausedAt is { } pausedAt && key.ExpiresAt > now ? $"It has been paused since {time.Format(pausedAt)}. " : "")}What to do, and who " +
            $"gets reminders:\n{address.OfKey(key.Id)}",
        DtStamp = Utc(now),
        DtStart = Utc(at),
        DtEnd = Utc(at + Shown),
        // Nobody is busy because a key expires.
        Transparency = Ical.Net.TransparencyType.Transparent,
    };

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, CalDateTime.UtcTzId);

    private static string InWords(ReminderStage stage) => stage switch
    {
        ReminderStage.OneMonth => "in 1 month",
        ReminderStage.TwoWeeks => "in 2 weeks",
        ReminderStage.ThreeDays => "in 3 days",
        ReminderStage.OneDay => "in 1 day",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, null),
    };
}
