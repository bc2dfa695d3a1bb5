using System.Text;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Makes the name that a program gave a file harmless to whoever saves it, on whatever system.</summary>
internal static class FileName
{
    /// <summary>What a file is called whose name has nothing to keep.</summary>
    private const string Unnamed = "attachment";

    /// <summary>Not allowed in names on Windows.</summary>
    private const string Forbidden = "<>:\"|?*";

    /// <summary>With the dot, in small letters. Empty when there is none.</summary>
    public static string ExtensionOf(string name) => Path.GetExtension(name).ToLowerInvariant();

    /// <returns>
    /// The last part of a path, without characters that can't be seen: controls would break headers, and a right-to-left override
    /// shows “gpj.exe” as “exe.jpg”. What can't be decoded comes as the replacement character, which can be seen. At most
    /// <see cref="MessageAttachment.FileNameMaxLength"/> characters.
    /// </returns>
    public static string Clean(string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1];
        var seen = new StringBuilder(last.Length);
        foreach (var rune in VisibleText.WithoutInvisible(last).EnumerateRunes().Where(rune => !rune.IsBmp || !VisibleText.IsControl((char)rune.Value)))
        {
            seen.Append(rune.Value < 128 && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        // Windows drops dots and spaces at the end, so that the extension would be another one there.
        var name = seen.ToString().Trim().TrimEnd('.', ' ');
        return Shorten(Path.GetFileNameWithoutExtension(name).Length == 0 ? Unnamed + ExtensionOf(name) : name);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MessageAttachment.FileNameMaxLength)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        var room = Math.Max(0, MessageAttachment.FileNameMaxLength - extension.Length);
        var kept = room > 0 && char.IsHighSurrogate(name[room - 1]) ? room - 1 : room;
        return kept == 0 ? Unnamed : name[..kept] + extension;
    }
}
