using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PostmanDashboard.Shell.Api;

/// <summary>Instants as the API writes them: <c>2026-07-05T09:00:00.000Z</c>, always UTC and always with milliseconds.</summary>
public sealed class Rfc3339 : JsonConverter<DateTimeOffset>
{
    /// <summary>Is written several times as fast as a format of our own. Seconds have seven decimals in it.</summary>
    private const string RoundTrip = "O";

    private const int RoundTripLength = 28;
    private const int Length = 24;

    public static string Format(DateTimeOffset instant) => string.Create(Length, instant, (text, shown) => Write(text, shown));

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[Length];
        Write(text, value);
        writer.WriteStringValue(text);
    }

    private static void Write(Span<char> text, DateTimeOffset instant)
    {
        Span<char> exact = stackalloc char[RoundTripLength];
        instant.UtcDateTime.TryFormat(exact, out _, RoundTrip, CultureInfo.InvariantCulture);
        exact[..(Length - 1)].CopyTo(text);
        text[Length - 1] = 'Z';
    }
}
