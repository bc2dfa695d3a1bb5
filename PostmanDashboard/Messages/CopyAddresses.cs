using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.MessageFields.Names;

namespace PostmanDashboard.Messages;

/// <summary>Reads who gets copies of a message: nobody twice, and not too many.</summary>
internal static class CopyAddresses
{
    /// <param name="recipient">Null when it is none, which somebody else says.</param>
    public static (IReadOnlyList<EmailAddress> Cc, IReadOnlyList<EmailAddress> Bcc) Check(
        IReadOnlyList<string>? cc, IReadOnlyList<string>? bcc, EmailAddress? recipient, ApiFaults faults)
    {
        if (1 + (cc?.Count ?? 0) + (bcc?.Count ?? 0) > Message.MaxRecipients)
        {
            faults.Add(cc is { Count: > 0 } ? Names.Cc : Names.Bcc, $"A message has at most {Message.MaxRecipients} recipients, copies and blind copies included.");
            return ([], []);
        }

        HashSet<EmailAddress> taken = recipient is null ? [] : [recipient];
        return (Parse(Names.Cc, cc, taken, faults), Parse(Names.Bcc, bcc, taken, faults));
    }

    private static List<EmailAddress> Parse(string field, IReadOnlyList<string>? typed, HashSet<EmailAddress> taken, ApiFaults faults)
    {
        var addresses = new List<EmailAddress>();
        for (var number = 1; number <= (typed?.Count ?? 0); number++)
        {
            if (!NamedAddress.TryParse(typed![number - 1], out var mailbox))
            {
                faults.Add(field, $"Number {number} isn't an email address.");
            }
            else if (!taken.Add(mailbox.Address))
            {
                faults.Add(field, $"Number {number} is among the recipients already.");
            }
            else
            {
                addresses.Add(mailbox.Address);
            }
        }

        return addresses;
    }
}
