using System.Diagnostics.CodeAnalysis;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.ApiKeys.Notes;

/// <summary>What the people behind an account tell each other about a key. Shown to nobody else, and never sent.</summary>
public sealed record KeyNotes
{
    public const int NoteMaxLength = 500;
    public const int OwnerMaxLength = 100;

    public static readonly KeyNotes None = new(null, null);

    private KeyNotes(string? note, string? owner) => (Note, Owner) = (note, owner);

    /// <summary>One or more lines. Null for none.</summary>
    public string? Note { get; }

    /// <summary>Who looks after the key, in one line: a name, a team, an address. Null where nobody was named.</summary>
    public string? Owner { get; }

    /// <summary>Takes out what nobody sees, and empty lines at both ends.</summary>
    /// <param name="notes">Null where either can't be.</param>
    /// <param name="problems">What to change about each; null where it is right.</param>
    public static bool TryParse(string? note, string? owner, [NotNullWhen(true)] out KeyNotes? notes, out KeyNotesProblems problems)
    {
        var (lines, line) = (Lines(note ?? ""), ApiKeyLabel.Clean(owner ?? ""));
        problems = new KeyNotesProblems(
            lines.Length > NoteMaxLength ? $"A note has at most {NoteMaxLength} characters; this one has {lines.Length}." : null,
            line.Length > OwnerMaxLength ? $"Use at most {OwnerMaxLength} characters; these are {line.Length}." : null);
        notes = problems == KeyNotesProblems.None ? new KeyNotes(NullIfEmpty(lines), NullIfEmpty(line)) : null;
        return notes is not null;
    }

    private static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => VisibleText.Clean(line).TrimEnd())).Trim();

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>What to change about a note and about who looks after a key. Null where it is right.</summary>
public sealed record KeyNotesProblems(string? Note, string? Owner)
{
    public static readonly KeyNotesProblems None = new(null, null);
}
