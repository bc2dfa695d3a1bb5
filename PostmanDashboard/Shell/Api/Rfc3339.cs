using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PostmanDashboard.Shell.Api;

/// <summary>Instants as the API writes them: <c>2026-07-05T09:00:00.000Z</c>, always UTC and always with milliseconds.</summary>
public sealed class Rfc3339 : JsonConverter<DateTimeOffset>
{
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}
