using System.Text;
using Microsoft.Extensions.Options;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Messages.Bodies;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Shell.Text;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending;

/// <summary>Decides whether a message may be sent as a program asks for it.</summary>
public sealed class MessageRules(MailSender sender, BodyCleaner cleaner, IOptions<MessageOptions> options)
{
    /// <summary>As UTF-8, in bytes.</summary>
    public const int BodyMaxBytes = 1024 * 1024;

    /// <param name="accountEmail">May be the sender, and gets the answers unless <c>reply_to</c> says otherwise.</param>
    /// <param name="errors">Gets everything that is wrong; may hold errors already.</param>
    public CheckMessageResult Check(MessageFields fields, EmailAddress accountEmail, ValidationErrors errors)
    {
        var recipient = CheckRecipient(fields.Recipient, errors);
        var (cc, bcc) = CopyAddresses.Check(fields.Cc, fields.Bcc, errors);
        var subject = CheckSubject(fields.Subject, errors);
        var body = CheckBody(fields.Body, errors);
        var from = FromAddress.Check(fields.From, sender.NamedAddress, options.Value, accountEmail, errors);
        var replyTo = CheckReplyTo(fields.ReplyTo, accountEmail, errors);
        var classification = CheckClassification(fields.Classification, errors);
        var tag = CheckTag(fields.Tag, errors);
        return errors.Any || from is null || recipient is null || replyTo is null || subject is null || body is null
            ? new CheckMessageResult.Refused(errors.ToProblem())
            : new CheckMessageResult.Passed(new MessageDraft(from, recipient, replyTo, cc, bcc, subject, body, classification, tag));
    }

    private static EmailAddress? CheckRecipient(string? typed, ValidationErrors errors)
    {
        if (NamedAddress.TryParse(typed, out var mailbox))
        {
            return mailbox.Address;
        }

        if (typed is not null)
        {
            errors.Add(Names.Recipient, "The recipient isn't an email address.", ApiProblemCode.InvalidRecipient);
        }
        else if (!errors.Has(Names.Recipient))
        {
            errors.Add(Names.Recipient, "Give the recipient, as one email address.");
        }

        return null;
    }

    private static string? CheckSubject(string? typed, ValidationErrors errors)
    {
        // A line break would end the header; what stood in several lines is still one subject.
        var line = typed is null ? "" : string.Join(' ', typed.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        // Marks of direction, which a program for Arabic or Hebrew may add, are not an error of the message; they are only not sent on.
        var subject = VisibleText.Clean(line).Trim();
        if (subject is { Length: > 0 and <= Message.SubjectMaxLength } && !line.Any(VisibleText.IsControl))
        {
            return subject;
        }

        if (!errors.Has(Names.Subject))
        {
            errors.Add(Names.Subject, $"Give a subject of 1 to {Message.SubjectMaxLength} characters, without control characters.");
        }

        return null;
    }

    private CleanedBody? CheckBody(string? html, ValidationErrors errors)
    {
        if (string.IsNullOrEmpty(html))
        {
            if (!errors.Has(Names.Body))
            {
                errors.Add(Names.Body, "Give a body, in HTML.");
            }

            return null;
        }

        if (html.Contains('\0') || Encoding.UTF8.GetByteCount(html) > BodyMaxBytes)
        {
            errors.Add(Names.Body, html.Contains('\0') ? "The body contains a NUL character." : "The body is longer than 1 MiB as UTF-8.");
            return null;
        }

        return Clean(html, errors);
    }

    private CleanedBody? Clean(string html, ValidationErrors errors)
    {
        switch (cleaner.Clean(html))
        {
            case CleanResult.Cleaned cleaned:
                return cleaned.Body;
            case CleanResult.TooComplex:
                errors.Add(
                    Names.Body,
                    $"The body has more than {BodyLimits.MaxElements} elements, nests more than {BodyLimits.MaxDepth} in each other, or has styles of " +
                        $"more than {BodyLimits.MaxStyleLength} characters, or {BodyLimits.MaxStylesLength} in all.");
                return null;
            default:
                errors.Add(
                    Names.Body, "Nothing is left of the body once what emails can't contain, such as scripts, is removed.", ApiProblemCode.InvalidTemplate);
                return null;
        }
    }

    private static EmailAddress? CheckReplyTo(string? typed, EmailAddress accountEmail, ValidationErrors errors)
    {
        if (typed is null)
        {
            return accountEmail;
        }

        if (NamedAddress.TryParse(typed, out var replyTo))
        {
            return replyTo.Address;
        }

        errors.Add(Names.ReplyTo, "This isn't an email address.");
        return null;
    }

    private static MessageClassification? CheckClassification(string? typed, ValidationErrors errors)
    {
        switch (typed?.ToUpperInvariant())
        {
            case null:
                return null;
            case "URGENT":
                return MessageClassification.Urgent;
            case "FOR_ACTION":
                return MessageClassification.ForAction;
            case "FOR_INFO":
                return MessageClassification.ForInfo;
            default:
                errors.Add(Names.Classification, "Use URGENT, FOR_ACTION or FOR_INFO.");
                return null;
        }
    }

    private static string? CheckTag(string? typed, ValidationErrors errors)
    {
        // Not cleaned: programs ask for their messages by the tag that they gave.
        if (typed is { Length: 0 or > Message.TagMaxLength } || (typed is not null && VisibleText.Clean(typed) != typed))
        {
            errors.Add(Names.Tag, $"A tag has 1 to {Message.TagMaxLength} characters that can be seen: no line breaks, control characters, or marks " +
                $"of direction.");
        }

        return typed;
    }
}
