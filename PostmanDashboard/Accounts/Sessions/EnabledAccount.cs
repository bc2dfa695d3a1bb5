namespace PostmanDashboard.Accounts.Sessions;

/// <summary>What the database says now of an account that isn't disabled, as far as its sessions hang on it.</summary>
public sealed class EnabledAccount
{
    public required Guid Id { get; init; }

    /// <summary>Another one ends every session from before.</summary>
    public required string? Stamp { get; init; }

    /// <summary>By a role in the database. Those named in the settings are administrators without one.</summary>
    public required bool IsAdministrator { get; init; }
}
