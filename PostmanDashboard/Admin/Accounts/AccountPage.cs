namespace PostmanDashboard.Admin.Accounts;

/// <summary>Some of the accounts that were asked for.</summary>
/// <param name="Total">How many there are on all pages.</param>
public sealed record AccountPage(IReadOnlyList<AccountLine> Accounts, int Total);

/// <summary>What administrators see of an account.</summary>
/// <param name="DisabledAt">Null while it is enabled.</param>
/// <param name="MessagesPerSecond">Its own limit. Null when the default holds for it.</param>
/// <param name="RecentMessages">How many its programs sent within <see cref="AccountReport.Counted"/>.</param>
public sealed record AccountLine(
    Guid Id, string Email, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, int? MessagesPerSecond, int LiveKeys, int RecentMessages);
