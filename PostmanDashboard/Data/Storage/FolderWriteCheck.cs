using System.Globalization;

namespace PostmanDashboard.Data.Storage;

/// <summary>Tries whether the data folder can be written, in its own file, so that the operating system itself says what is wrong.</summary>
internal static class FolderWriteCheck
{
    // errno of Linux, which is what IOException.HResult holds there, and Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private const int ReadOnlyFileSystem = 30;

    /// <summary>More than what file systems keep beside a file's name, so that a full disk shows.</summary>
    private const int Size = 64 * 1024;

    /// <returns>Null when all is well, or something else is wrong than we know of.</returns>
    public static StorageError? Run(StorageFolder storage)
    {
        var folder = Path.GetDirectoryName(storage.RealDatabaseFile)!;
        try
        {
            WriteIn(folder);
        }
        catch (UnauthorizedAccessException)
        {
            return NotPermitted(folder);
        }
        catch (IOException failure)
        {
            return ErrorOf(failure);
        }

        // Asked by name and never opened: closing a database file would take SQLite's locks in this process from it (POSIX fcntl).
        return storage.FilesOfServer.FirstOrDefault(file => !FileOwnership.MayWrite(file)) is { } forbidden ? NotPermitted(forbidden) : null;
    }

    /// <returns>Null for a failure of another kind, such as a connection that broke.</returns>
    public static StorageError? ErrorOf(IOException failure) =>
        NoSpace.Contains(failure.HResult) ? StorageError.FullDisk
        : failure.HResult == ReadOnlyFileSystem ? StorageError.ReadOnly
        : null;

    private static void WriteIn(string folder)
    {
        var file = Path.Combine(folder, $"postman.{Guid.NewGuid():N}.try");
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            stream.Write(new byte[Size]);
            stream.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static StorageError NotPermitted(string path)
    {
        var user = FileOwnership.ThisUser;
        var mode = OperatingSystem.IsWindows() ? "" : $" (mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)})";
        var owner = FileOwnership.OwnerOf(path);
        return new StorageError(StorageErrorKind.NotPermitted, owner is null || owner == user
            ? string.Create(CultureInfo.InvariantCulture, $"{path}{mode} can't be written by {user}, as whom this program runs.")
            : string.Create(CultureInfo.InvariantCulture,
                $"{path} belongs to {owner}{mode}, and this program runs as {user}. Give it to {user}: chown {user} {path}"));
    }
}
