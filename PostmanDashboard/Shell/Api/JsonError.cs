using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PostmanDashboard.Shell.Api;

/// <summary>Says what is wrong with JSON that can't be read, and where.</summary>
internal static class JsonError
{
    /// <summary>How much of a name is shown.</summary>
    private const int NameMaxLength = 50;

    /// <param name="json">What <see cref="JsonDocument"/> refused.</param>
    /// <param name="maxDepth">As deep as it may be nested.</param>
    public static string Describe(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (CheckName(ref reader, names) is { } error)
                {
                    return $"{error} Look at {PlaceOf(json, (int)reader.TokenStartIndex)}.";
                }
            }

            return "The body isn't valid JSON.";
        }
        catch (JsonException broken)
        {
            return $"The body isn't valid JSON, or is nested too deeply. Look at {Place(broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0)}.";
        }
    }

    /// <param name="bytes">No valid UTF-8.</param>
    public static string DescribeNotUtf8(ReadOnlySpan<byte> bytes)
    {
        var place = 0;
        while (Rune.DecodeFromUtf8(bytes[place..], out _, out var length) == OperationStatus.Done)
        {
            place += length;
        }

        return $"The body isn't valid UTF-8. Look at {PlaceOf(bytes, place)}.";
    }

    private static string? CheckName(ref Utf8JsonReader reader, Stack<HashSet<string>> names)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                names.Push(new HashSet<string>(StringComparer.Ordinal));
                return null;
            case JsonTokenType.EndObject:
                names.Pop();
                return null;
            case JsonTokenType.PropertyName:
                return Unicode(ref reader) is not { } name ? "The body contains a name that isn't valid Unicode."
                    : names.Peek().Add(name) ? null
                    : $"The body contains the name “{Shorten(name)}” twice in one object.";
            default:
                return null;
        }
    }

    /// <returns>Null for a name with half a surrogate pair.</returns>
    private static string? Unicode(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shorten(string name) => name.Length <= NameMaxLength ? name : $"{new string(name.AsSpan(0, NameMaxLength))}…";

    private static string PlaceOf(ReadOnlySpan<byte> bytes, int index)
    {
        var before = bytes[..index];
        return Place(before.Count((byte)'\n'), index - (before.LastIndexOf((byte)'\n') + 1));
    }

    /// <param name="line">From 0, as the next one is.</param>
    private static string Place(long line, long column) => $"line {line + 1}, byte {column + 1}";
}
