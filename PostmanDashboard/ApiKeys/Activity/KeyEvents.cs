using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Activity;

/// <summary>Notes what happens to keys, as part of the transaction in which it happens.</summary>
public static class KeyEvents
{
    /// <param name="detail">What exactly, in a few words for people; null where the kind says it all. Cut to what fits. Never a token.</param>
    public static void Add(DashboardDbContext db, Guid apiKeyId, KeyEventKind kind, Actor actor, DateTimeOffset now, string? detail = null) =>
        db.Add(new KeyEvent
        {
            ApiKeyId = apiKeyId,
            At = now,
            Kind = kind,
            ActorName = actor.Name,
            ActorAddress = actor.Address,
            // Only lists of addresses are that long: no character of two halves is cut.
            Detail = detail is { Length: > KeyEvent.DetailMaxLength } ? $"{detail[..(KeyEvent.DetailMaxLength - 1)]}…" : detail,
        });

    /// <param name="former">The label before.</param>
    public static void AddRenamed(DashboardDbContext db, ApiKey key, string former, Actor actor, DateTimeOffset now) =>
        Add(db, key.Id, KeyEventKind.LabelChanged, actor, now, $"{former} → {key.Label}");

    /// <summary>What an edit is to the reader of a key's activity: nothing about what stayed the same.</summary>
    public static void AddChanges(DashboardDbContext db, ApiKey key, KeyFacts before, Actor actor, DateTimeOffset now)
    {
        var after = KeyFacts.Of(key);
        if (before.Label != after.Label)
        {
            AddRenamed(db, key, before.Label, actor, now);
        }

        if (after.ContactsChangedSince(before) is { } contacts)
        {
            Add(db, key.Id, KeyEventKind.ContactsChanged, actor, now, contacts);
        }

        if (before.Owner != after.Owner)
        {
            Add(db, key.Id, KeyEventKind.OwnerChanged, actor, now, $"{before.Owner ?? "Nobody"} → {after.Owner ?? "nobody"}");
        }

        if (before.Note != after.Note)
        {
            // Not what it says: it may be long, or deleted because it shouldn't stand anywhere.
            Add(db, key.Id, KeyEventKind.NoteChanged, actor, now, after.Note is null ? "Removed." : null);
        }
    }
}
