namespace PostmanDashboard.Data.Storage;

/// <summary>Why the data folder can't be written.</summary>
/// <param name="Why">For operators, without a capital at the start: <c>the disk is full.</c></param>
public sealed record StorageError(StorageErrorKind Kind, string Why)
{
    public static StorageError FullDisk { get; } = new(StorageErrorKind.FullDisk, "the disk is full.");

    public static StorageError ReadOnly { get; } = new(StorageErrorKind.ReadOnly, "its file system is read-only.");
}

public enum StorageErrorKind
{
    FullDisk,

    /// <summary>The file system is mounted so that nobody can write, or became so after errors of the disk.</summary>
    ReadOnly,

    /// <summary>The folder or a file in it belongs to someone else, or its mode forbids writing.</summary>
    NotPermitted,

    /// <summary>What is in the file isn't a database, or not a whole one.</summary>
    Damaged,

    Other,
}
