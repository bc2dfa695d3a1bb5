namespace PostmanDashboard.Data.Storage;

/// <summary>
/// Makes this the only server on its data folder, from the start until the process ends. The operating system holds the lock, so it ends
/// with the process, however that ends. <c>backup</c> and <c>sign-in-link</c> work next to a running server and don't take it.
/// </summary>
public sealed class FolderLock(StorageFolder storage) : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private FileStream? held;

    /// <summary>Whether this process has the folder to itself.</summary>
    public bool IsHeld => held is not null;

    /// <exception cref="UnusableStorageException">Another process has it.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Take()
    {
        try
        {
            // The file stays when it is given up: whoever removes it could remove one that another process has locked by then.
            held ??= new FileStream(storage.LockFile, Settings());
        }
        catch (IOException failure) when (HeldByAnother.Contains(failure.HResult))
        {
            throw new UnusableStorageException(
                $"Another Postman Dashboard is running on the folder {storage.Path} (Storage:Directory). Stop it first, or name another folder.", failure);
        }
    }

    public void Dispose()
    {
        held?.Dispose();
        held = null;
    }

    private static FileStreamOptions Settings()
    {
        var settings = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return settings;
    }
}
