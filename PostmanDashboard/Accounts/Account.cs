using Microsoft.AspNetCore.Identity;

namespace PostmanDashboard.Accounts;

/// <summary>Someone who can sign in: one email address, often a mailbox that a team shares. There is no password.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public Account() => (Id, SecurityStamp) = (Guid.CreateVersion7(), Guid.NewGuid().ToString("N"));

    /// <summary>When the account first signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nobody may sign in to this account and its keys are refused. Null while it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>How many messages a second its programs may send, where an administrator set it. Null: <c>Messages:PerSecond</c>.</summary>
    public int? MessagesPerSecond { get; set; }
}
