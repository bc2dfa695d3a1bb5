using System.ComponentModel.DataAnnotations;
using PostmanDashboard.Mail.Addresses;

namespace PostmanDashboard.Messages;

/// <summary>What holds for all messages that programs send.</summary>
public sealed class MessageOptions : IValidatableObject
{
    public const string Section = "Messages";

    /// <summary>The highest limit that can be set, for all accounts or for one.</summary>
    public const int MaxPerSecond = 10_000;

    /// <summary>How many messages a second the programs of one account may send, where no administrator set another number for it.</summary>
    [Range(1, MaxPerSecond, ErrorMessage = "Messages:PerSecond must be from 1 to 10000.")]
    public int PerSecond { get; set; }

    /// <summary>Addresses that mean the service's own in <c>from</c>, such as the one of a system that this one replaces: its
    /// programs go on without a change.</summary>
    public IList<string> FromAliases { get; } = [];

    internal bool IsAlias(EmailAddress address) => FromAliases.Any(alias => EmailAddress.TryParse(alias, out var meant) && meant == address);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => FromAliases
        .Where(alias => !EmailAddress.TryParse(alias, out _))
        .Select(alias => new ValidationResult(
            $"Messages:FromAliases has “{alias}”, which is not an email address. Write it like donotreply@mail.postman.gov.sg."));
}
