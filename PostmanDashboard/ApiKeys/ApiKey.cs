using NodaTime;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Expiry;
using PostmanDashboard.ApiKeys.Notes;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys;

/// <summary>
/// Lets a program call the API in its account's name until it expires or is deleted. The token is never stored:
/// only its hash, and its last characters so that people can tell their keys apart.
/// </summary>
public sealed class ApiKey
{
    /// <summary>Longer than any month, also where clocks change: before that there is no need to ask a calendar.</summary>
    private static readonly TimeSpan LongerThanAMonth = TimeSpan.FromDays(32);

    private readonly List<ApiKeyContact> contacts = [];

    private ApiKey()
    {
    }

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required string Label { get; set; }

    /// <summary>The label in upper case, which is what must be unique. Made in C#: databases disagree about case.</summary>
    public required string NormalizedLabel { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    public required string Hint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first instant at which the key is dead.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public KeyAccess Access { get; set; }

    /// <summary>Which keys count as one: the id of the first of those that replaced each other by rotation, its own where it replaced none.</summary>
    public Guid LineId { get; private set; }

    /// <summary>The networks that it may be called from, as <c>203.0.113.0/24 2001:db8::/32</c>. Null for anywhere.</summary>
    public string? Networks { get; set; }

    /// <summary>Since when it is refused, until its account resumes it. Null where it isn't.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Null while the key has not been used. Written within the first call itself, so that a key that was used is known as such.</summary>
    public DateTimeOffset? FirstUsedAt { get; private init; }

    /// <summary>Null while the key has not been used. Written in batches, so a few seconds late.</summary>
    public DateTimeOffset? LastUsedAt { get; private init; }

    /// <summary>Null while the key has not been used, and never for one that was: the first use is known also where the last one
    /// is not yet, or got lost.</summary>
    public DateTimeOffset? LastKnownUseAt => LastUsedAt ?? FirstUsedAt;

    /// <summary>The address that the last call came from.</summary>
    public string? LastUsedFrom { get; private init; }

    /// <summary>The user agent of the last call. Null when the program didn't say.</summary>
    public string? LastUsedBy { get; private init; }

    /// <summary>For the colleagues behind the account: see <see cref="KeyNotes.Note"/>.</summary>
    public string? Note { get; private set; }

    /// <summary>Who looks after it: see <see cref="KeyNotes.Owner"/>.</summary>
    public string? Owner { get; private set; }

    /// <summary>Null while the key has not been deleted.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The email address of who deleted it, or <see cref="Actor.TheKeyItself"/>.</summary>
    public string? DeletedBy { get; private set; }

    /// <summary>The address from which it was deleted.</summary>
    public string? DeletedFrom { get; private set; }

    /// <summary>Who is mailed about this key, 1 to 10, in the order in which they were entered.</summary>
    public IReadOnlyList<ApiKeyContact> Contacts => contacts;

    /// <summary>A new key of an account, with a life that this method holds to the cap whatever the caller asked for.</summary>
    public static ApiKey Issue(
        ApiKeyToken token, Guid accountId, ApiKeyLabel label, ContactList contacts, ExpiryChoice expiry, DateTimeOffset now, DateTimeZone zone)
    {
        var latest = LatestExpiry(now, zone);
        var wanted = expiry.EndsAt(now, zone);
        var key = new ApiKey
        {
            AccountId = accountId,
            Label = label.Text,
            NormalizedLabel = label.Normalized,
            Hash = token.Hash,
            Hint = token.Hint,
            CreatedAt = now,
            ExpiresAt = wanted < latest ? wanted : latest,
        };
        key.LineId = key.Id;
        key.ReplaceContacts(contacts);
        return key;
    }

    /// <summary>The last instant at which a key made now may expire: six calendar months on in the agency's zone, clamped to the month's end.</summary>
    public static DateTimeOffset LatestExpiry(DateTimeOffset now, DateTimeZone zone) => AgencyCalendar.AddMonths(now, 6, zone);

    public ApiKeyStatus StatusAt(DateTimeOffset now, DateTimeZone zone) =>
        DeletedAt is not null ? ApiKeyStatus.Deleted
        : PausedAt is not null && now < ExpiresAt ? ApiKeyStatus.Paused
        : StatusOf(CreatedAt, ExpiresAt, now, zone);

    /// <summary>By its time alone, which also a paused key has.</summary>
    public static ApiKeyStatus StatusOf(DateTimeOffset createdAt, DateTimeOffset expiresAt, DateTimeOffset now, DateTimeZone zone) =>
        now >= expiresAt ? ApiKeyStatus.Expired
        : expiresAt - now > LongerThanAMonth ? ApiKeyStatus.Live
        : now >= ReminderSchedule.Upcoming(expiresAt, createdAt, zone).First().DueAt ? ApiKeyStatus.Expiring
        : ApiKeyStatus.Live;

    /// <summary>Whether at most a calendar month of life is left, whenever its contacts are reminded.</summary>
    public static bool IsInLastMonth(DateTimeOffset expiresAt, DateTimeOffset now, DateTimeZone zone) =>
        expiresAt - now <= LongerThanAMonth && now >= AgencyCalendar.AddMonths(expiresAt, -1, zone);

    public bool IsLive(DateTimeOffset now) => DeletedAt is null && now < ExpiresAt;

    /// <summary>Whole days of life left, the last one begun counted as one: 1 in the last 24 hours, 0 when it is over.</summary>
    public static int DaysLeft(DateTimeOffset expiresAt, DateTimeOffset now) => Math.Max(0, (int)Math.Ceiling((expiresAt - now).TotalDays));

    public void Rename(ApiKeyLabel label) => (Label, NormalizedLabel) = (label.Text, label.Normalized);

    /// <summary>For the key that took the place of one that was deleted, whose label is free.</summary>
    public void TakeLabelOf(ApiKey deleted) => (Label, NormalizedLabel) = (deleted.Label, deleted.NormalizedLabel);

    /// <summary>Makes the key go on where another one ends: it may do the same from the same networks, and sees what that one sent.</summary>
    public void Replace(ApiKey old) => (Access, Networks, LineId) = (old.Access, old.Networks, old.LineId);

    public void Pause(DateTimeOffset now) => PausedAt ??= now;

    public void Resume() => PausedAt = null;

    public void SetNotes(KeyNotes notes) => (Note, Owner) = (notes.Note, notes.Owner);

    public void RemoveContacts() => contacts.Clear();

    public void ReplaceContacts(ContactList list)
    {
        contacts.Clear();
        contacts.AddRange(list.Select((address, position) => new ApiKeyContact(Id, position, address)));
    }

    public void Delete(DateTimeOffset now, Actor actor) => (DeletedAt, DeletedBy, DeletedFrom) = (now, actor.Name, actor.Address);
}
