using System.Globalization;
using PostmanDashboard.Shell.Api;

namespace PostmanDashboard.Messages.Listing.Api;

/// <summary>What a program asks for when it lists messages.</summary>
/// <param name="ExcludeParams">Whether bodies and the like are left out.</param>
internal sealed record MessageListRequest(MessageFilter Filter, MessageOrder Order, int Limit, int Offset, bool ExcludeParams)
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 10;

    /// <summary>The statuses that the original's clients may ask for, and ours for each. Null for those that no message of ours ever has.</summary>
    public static IReadOnlyDictionary<string, MessageStatus?> Statuses { get; } =
        Enum.GetValues<MessageStatus>().ToDictionary(MessageResponse.InWords, status => (MessageStatus?)status)
            .Concat(new[] { "UNSENT", "DELIVERED", "OPENED", "COMPLAINT" }.Select(name => KeyValuePair.Create(name, (MessageStatus?)null)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="errors">Gets everything that is wrong, by parameter. Where there is anything, what is returned is of no use.</param>
    public static MessageListRequest Read(IQueryCollection query, ValidationErrors errors)
    {
        var parameters = new ListParameters(query, errors);
        var bounds = ReadBounds(parameters);
        var request = new MessageListRequest(
            new MessageFilter
            {
                Statuses = ReadStatuses(parameters),
                Tag = ReadTag(parameters),
                CreatedFrom = bounds.From,
                CreatedUntil = bounds.Until,
            },
            ReadOrder(parameters),
            ReadNumber(parameters, "limit", 1, MaxLimit, DefaultLimit),
            ReadNumber(parameters, "offset", 0, int.MaxValue, 0),
            ReadExcludeParams(parameters));
        parameters.RefuseOthers("Unknown parameter. Use limit, offset, status, tag, created_at[gt], created_at[gte], created_at[lt], " +
            "created_at[lte], sort_by or exclude_params.");
        return request;
    }

    private static int ReadNumber(ListParameters parameters, string name, int least, int most, int otherwise)
    {
        if (parameters.Single(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        parameters.AddError(name, $"Use a whole number from {least} to {most}.");
        return otherwise;
    }

    private static MessageStatus[] ReadStatuses(ListParameters parameters)
    {
        var names = parameters.Several("status");
        if (names.Any(name => !Statuses.ContainsKey(name)))
        {
            parameters.AddError("status", $"Use any of {string.Join(", ", Statuses.Keys)}, each in its own parameter.");
            return [];
        }

        return names.Count == 0 ? Enum.GetValues<MessageStatus>() : [.. names.Select(name => Statuses[name]).OfType<MessageStatus>().Distinct()];
    }

    private static string? ReadTag(ListParameters parameters)
    {
        var tag = parameters.Single("tag");
        if (tag is { Length: 0 or > Message.TagMaxLength })
        {
            parameters.AddError("tag", $"Use 1 to {Message.TagMaxLength} characters.");
        }

        return tag;
    }

    private static CreatedBounds ReadBounds(ListParameters parameters)
    {
        if (parameters.Single("created_at") is not null)
        {
            parameters.AddError("created_at", "Name the bound: created_at[gt], created_at[gte], created_at[lt] or created_at[lte].");
        }

        var bounds = new CreatedBounds(null, null);
        foreach (var name in CreatedBounds.Names)
        {
            var (parameter, dotted) = ($"created_at[{name}]", $"created_at.{name}");
            foreach (var text in new[] { parameters.Single(parameter), parameters.Single(dotted) }.OfType<string>())
            {
                if (Iso8601.Parse(text) is { } instant)
                {
                    bounds = bounds.With(name, instant);
                }
                else
                {
                    parameters.AddError(parameter, "Use a date and time in ISO 8601, such as 2026-07-05T09:00:00.000Z.");
                }
            }
        }

        return bounds;
    }

    private static MessageOrder ReadOrder(ListParameters parameters)
    {
        var orders = parameters.Several("sort_by").Select(ParseOrder).ToList();
        if (orders.Contains(null))
        {
            parameters.AddError("sort_by", "Use created_at or updated_at, with a plus before it for ascending or a minus for descending order.");
        }

        // Further ones would settle ties only, and no two messages of an account are likely to have those.
        return orders.FirstOrDefault() ?? MessageOrder.NewestFirst;
    }

    /// <remarks>The plus may have become a space, which is what it stands for in an address.</remarks>
    private static MessageOrder? ParseOrder(string text) => text switch
    {
        "created_at" or "-created_at" => MessageOrder.NewestFirst,
        "+created_at" or " created_at" => MessageOrder.OldestFirst,
        "updated_at" or "-updated_at" => MessageOrder.LastUpdatedFirst,
        "+updated_at" or " updated_at" => MessageOrder.FirstUpdatedFirst,
        _ => null,
    };

    private static bool ReadExcludeParams(ListParameters parameters)
    {
        var text = parameters.Single("exclude_params");
        if (text is not null && !bool.TryParse(text, out _))
        {
            parameters.AddError("exclude_params", "Use true or false.");
        }

        return bool.TryParse(text, out var exclude) && exclude;
    }
}
