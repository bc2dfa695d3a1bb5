using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PostmanDashboard.Shell.Api;

/// <summary>Instants as the API writes them: <c>2026-07-05T09:00:00.000Z</c>, always UTC and always with milliseconds.</summary>
public sealed class Rfc3339 : JsonConverter<DateTimeOffset>
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int Length = 24;

    public static string Format(DateTimeOffset instant) => instant.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        value.UtcDateTime.TryFormat(text, out var written, Pattern, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
