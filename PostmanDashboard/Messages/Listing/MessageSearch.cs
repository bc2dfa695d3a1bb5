using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.Messages.Listing;

/// <summary>A search among messages, as the page's address has it. Null is all of them.</summary>
public sealed record MessageSearch
{
    public const int TextMaxLength = EmailAddress.MaxLength;

    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateOnly LastDay = new(9000, 1, 1);

    public MessageStatus? Status { get; init; }

    public string? Tag { get; init; }

    public Guid? Key { get; init; }

    /// <summary>The first day, in the agency's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the agency's zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Part of a recipient's address or of a subject.</summary>
    public string? Text { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsFiltered => this != new MessageSearch();

    /// <summary>Reads an address. What can't be read there was not written by our page, and is ignored.</summary>
    public static MessageSearch Read(string? status, string? tag, string? key, string? from, string? to, string? text) => new()
    {
        Status = Enum.GetValues<MessageStatus>().Cast<MessageStatus?>().FirstOrDefault(
            one => InAddress(one!.Value).Equals(status, StringComparison.OrdinalIgnoreCase)),
        Tag = Line(tag, Message.TagMaxLength),
        Key = Guid.TryParse(key, out var id) ? id : null,
        From = Day(from),
        To = Day(to),
        Text = Line(text, TextMaxLength),
    };

    /// <summary><c>?status=sent&amp;tag=receipts</c>; empty when nothing is left out.</summary>
    public string ToQuery() => ToQuery(MessagePlace.First);

    public string ToQuery(MessagePlace place)
    {
        var query = new QueryBuilder();
        Add("status", Status is { } status ? InAddress(status) : null);
        Add("tag", Tag);
        Add("key", Key?.ToString());
        Add("from", From?.ToString("O", CultureInfo.InvariantCulture));
        Add("to", To?.ToString("O", CultureInfo.InvariantCulture));
        Add("search", Text);
        foreach (var (name, value) in place.ToQuery())
        {
            query.Add(name, value);
        }

        return query.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    public MessageFilter ToFilter(DateTimeZone zone) => new()
    {
        Statuses = Status is { } status ? [status] : Enum.GetValues<MessageStatus>(),
        Tag = Tag,
        ApiKeyId = Key,
        Text = Text,
        CreatedFrom = From is { } from ? AgencyCalendar.StartOf(from, zone) : null,
        CreatedUntil = To is { } to ? AgencyCalendar.StartOf(to.AddDays(1), zone) : null,
    };

    private static string InAddress(MessageStatus status) => status.ToString().ToLowerInvariant();

    private static string? Line(string? text, int maxLength) =>
        text?.Trim() is { Length: > 0 } trimmed && trimmed.Length <= maxLength && !trimmed.Contains('\0', StringComparison.Ordinal) ? trimmed : null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay && day <= LastDay ? day : null;
}
