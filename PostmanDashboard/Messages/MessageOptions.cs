using System.ComponentModel.DataAnnotations;

namespace PostmanDashboard.Messages;

/// <summary>What holds for all messages that programs send.</summary>
public sealed class MessageOptions
{
    public const string Section = "Messages";

    /// <summary>The highest limit that can be set, for all accounts or for one.</summary>
    public const int MaxPerSecond = 10_000;

    /// <summary>How many messages a second the programs of one account may send, where no administrator set another number for it.</summary>
    [Range(1, MaxPerSecond, ErrorMessage = "Messages:PerSecond must be from 1 to 10000.")]
    public int PerSecond { get; set; }
}
