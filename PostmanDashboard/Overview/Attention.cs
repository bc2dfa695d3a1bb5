using System.Net;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Rotation;
using PostmanDashboard.ApiKeys.Usage.Callers;
using PostmanDashboard.Shell.Pages;
using PostmanDashboard.Shell.Text;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Overview;

/// <summary>Says what needs attention about keys, and what helps.</summary>
internal sealed class Attention(DateTimeOffset now, AgencyTime time)
{
    /// <summary>Fewer days than this, and nobody may be there to act in time.</summary>
    private const int UrgentDays = 3;

    private readonly List<(DateTimeOffset Rank, AttentionItem Item)> items = [];

    /// <returns>The most urgent first, and what is sooner before what is later.</returns>
    public IReadOnlyList<AttentionItem> InOrder => [.. items.OrderBy(one => one.Item.Level).ThenBy(one => one.Rank).Select(one => one.Item)];

    public void AddCalled(CalledDeadKey key)
    {
        IReadOnlyList<string> rejected = IsLive(key) ? [.. key.RejectedFrom.Where(address => !IsAllowedByNow(key, address))] : key.RejectedFrom;
        if (rejected.Count == 0 && key.RejectedFrom.Count > 0)
        {
            return;
        }

        var from = rejected is [var last, ..] && last is not ("" or KeyCaller.Others) ? $", the last from {last}" : "";
        var calls = $"{Amount(key.Calls, "call")} {(key.Calls == 1 ? "was" : "were")} rejected in the last {AccountOverview.DaysOfDeadCalls} days{from}.";
        var still = $"A program still calls with “{key.Label}”, which";
        var (level, title, advice) = key switch
        {
            { DeletedAt: { } deletedAt } => (AttentionLevel.Urgent, $"{still} was deleted {Ago(deletedAt)}", "It needs another key."),
            _ when key.ExpiresAt <= now => (AttentionLevel.Urgent, $"{still} expired {Ago(key.ExpiresAt)}", "It needs another key."),
            // Somebody wanted to know.
            { PausedAt: { } at } => (AttentionLevel.Soon, $"{still} was paused {Ago(at)}", "Resume the key, or give that program another one."),
            _ => (
                AttentionLevel.Urgent,
                $"A program calls with “{key.Label}” from a network that isn’t allowed",
                "If the program is yours, allow its network. Otherwise, someone has a copy of the key: rotate it."),
        };
        var (action, href) = key.DeletedAt is null ? ("Open the key", PageRoutes.Key(key.Id)) : ("Generate a new key", PageRoutes.Settings);
        Add(key.ExpiresAt, level, title, $"{calls} {advice}", action, href);
    }

    /// <summary>Whether its networks were widened since.</summary>
    private static bool IsAllowedByNow(CalledDeadKey key, string rejected) =>
        IPAddress.TryParse(rejected, out var address) && NetworkList.FromStored(key.Networks).Allows(address);

    private bool IsLive(CalledDeadKey key) => key is { DeletedAt: null, PausedAt: null } && key.ExpiresAt > now;

    public void AddExpiring(KeyExpiry key)
    {
        Add(
            key.ExpiresAt,
            LevelOf(key),
            $"“{key.Label}” expires {RelativeTime.Format(key.ExpiresAt, now)}",
            key.PausedAt is null
                ? $"Calls with •••••{key.Hint} will fail after that. Rotate it before then."
                : $"It is paused. If nobody needs •••••{key.Hint}, delete it; otherwise rotate it before then.",
            "Rotate",
            PageRoutes.Rotation(key.Id));
    }

    public void AddUnreachable(KeyExpiry key, IReadOnlyList<string> contacts) => Add(
        key.ExpiresAt,
        AttentionLevel.Soon,
        $"A contact of “{key.Label}” can’t be reached",
        $"{string.Join(", ", contacts)} can’t be reached, and won’t get reminders before the key expires.",
        "Change its contacts",
        PageRoutes.Key(key.Id));

    /// <param name="old">The key that is being replaced. Until nothing needs it any more, its expiry is as pressing as without a replacement.</param>
    public void AddRotation(RotationSummary rotation, KeyExpiry old)
    {
        var state = rotation.State;
        var level = state switch
        {
            { IsSafe: true } => AttentionLevel.Underway,
            { Readiness: RotationReadiness.NewExpired or RotationReadiness.NewPaused } => AttentionLevel.Urgent,
            _ => LevelOf(old),
        };
        var title = rotation.Automatic.DeleteAt is { } at
            ? $"“{rotation.OldLabel}” will be deleted on {time.Format(at)}: “{rotation.NewLabel}” has taken its place"
            : state.IsSafe
            ? $"“{rotation.OldLabel}” is safe to delete: “{rotation.NewLabel}” has taken its place"
            : $"“{rotation.OldLabel}” is being replaced by “{rotation.NewLabel}”: {state.InWords(now)}";
        var expiry = old.ExpiresAt > now ? $" The old key expires {RelativeTime.Format(old.ExpiresAt, now)}." : "";
        Add(
            old.ExpiresAt,
            level,
            title,
            RotationWords.Explain(state, rotation.OldLabel, rotation.NewLabel, now, time) + expiry,
            rotation.Automatic.DeleteAt is not null ? "Look" : state.IsSafe ? "Finish" : "Continue",
            PageRoutes.Rotation(rotation.OldKeyId));
    }

    private AttentionLevel LevelOf(KeyExpiry key) => key.ByTime switch
    {
        ApiKeyStatus.Live => AttentionLevel.Underway,
        _ when ApiKey.DaysLeft(key.ExpiresAt, now) <= UrgentDays => AttentionLevel.Urgent,
        _ => AttentionLevel.Soon,
    };

    private void Add(DateTimeOffset rank, AttentionLevel level, string title, string text, string action, string href) =>
        items.Add((rank, new AttentionItem(level, title, text, action, href)));

    private string Ago(DateTimeOffset instant) => RelativeTime.Format(instant, now) is var words and not "now" ? words : "just now";

    private static string Amount(long amount, string unit) => $"{Quantity.FormatNumber(amount)} {unit}{(amount == 1 ? "" : "s")}";
}
