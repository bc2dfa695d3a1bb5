using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending;

/// <summary>Reads who gets copies of a message: nobody twice in one list, and not too many.</summary>
internal static class CopyAddresses
{
    /// <summary>How many errors of one list are reported.</summary>
    private const int MaxErrors = 10;

    /// <summary>As many entries of one list are looked at: far more than may be in it.</summary>
    private const int MaxLookedAt = 10 * Message.MaxRecipients;

    public static (IReadOnlyList<EmailAddress> Cc, IReadOnlyList<EmailAddress> Bcc) Check(
        IReadOnlyList<string>? cc, IReadOnlyList<string>? bcc, ValidationErrors errors)
    {
        if (1 + (cc?.Count ?? 0) + (bcc?.Count ?? 0) > Message.MaxRecipients)
        {
            errors.Add(
                cc is { Count: > 0 } ? Names.Cc : Names.Bcc,
                $"A message has at most {Message.MaxRecipients} recipients, copies and blind copies included.",
                ApiProblemCode.TooManyRecipients);
        }

        return (Parse(Names.Cc, cc ?? [], errors), Parse(Names.Bcc, bcc ?? [], errors));
    }

    private static List<EmailAddress> Parse(string field, IReadOnlyList<string> typed, ValidationErrors errors)
    {
        var addresses = new List<EmailAddress>();
        var wrong = new List<string>();
        HashSet<EmailAddress> taken = [];
        foreach (var (index, text) in typed.Take(MaxLookedAt).Index())
        {
            if (!NamedAddress.TryParse(text, out var mailbox))
            {
                wrong.Add($"Number {index + 1} isn't an email address.");
            }
            else if (!taken.Add(mailbox.Address))
            {
                wrong.Add($"Number {index + 1} is in this list already.");
            }
            else
            {
                addresses.Add(mailbox.Address);
            }
        }

        AddErrors(field, wrong, errors);
        return addresses;
    }

    private static void AddErrors(string field, List<string> wrong, ValidationErrors errors)
    {
        foreach (var error in wrong.Take(MaxErrors))
        {
            errors.Add(field, error);
        }

        if (wrong.Count > MaxErrors)
        {
            errors.Add(field, "There are more like these.");
        }
    }
}
