using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Api;
using Names = PostmanDashboard.Messages.Sending.MessageFields.Names;

namespace PostmanDashboard.Messages.Sending;

/// <summary>Decides who a message may come from: the service under any name, or the account.</summary>
internal static class FromAddress
{
    /// <returns>Null when it may not come from there.</returns>
    public static NamedAddress? Check(string? typed, NamedAddress service, MessageOptions options, EmailAddress accountEmail, ValidationErrors errors)
    {
        if (typed is null)
        {
            return service;
        }

        if (!NamedAddress.TryParse(typed, out var from) || Allow(from, service, options, accountEmail) is not { } allowed)
        {
            errors.Add(
                Names.From,
                $"A message comes from {service.Address} under any name, or from {accountEmail}, which is the account's own address.",
                ApiProblemCode.InvalidFromAddress);
            return null;
        }

        if (allowed.ToString().Length > Message.FromMaxLength)
        {
            errors.Add(Names.From, $"The name is too long: it has at most {Message.FromMaxLength} characters together with the address.");
            return null;
        }

        return allowed;
    }

    private static NamedAddress? Allow(NamedAddress from, NamedAddress service, MessageOptions options, EmailAddress accountEmail)
    {
        // The name that the clients of Postman write when a program gave none.
        var name = from.Name == "undefined" ? null : from.Name;
        if (from.Address == service.Address || options.IsAlias(from.Address))
        {
            return new NamedAddress(name ?? service.Name, service.Address);
        }

        return from.Address == accountEmail ? new NamedAddress(name, accountEmail) : null;
    }
}
