using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace PostmanDashboard.Data.Storage;

/// <summary>The folder that holds everything the process writes (<c>Storage:Directory</c>): back up this, and you have it all.</summary>
public sealed class StorageFolder(IOptions<StorageOptions> options, IHostEnvironment environment)
{
    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Directory, environment.ContentRootPath);

    public string DatabaseFile => System.IO.Path.Combine(Path, "postman.db");

    /// <summary>The file itself, where the name in the folder only leads to it.</summary>
    internal string RealDatabaseFile => new FileInfo(DatabaseFile) is { LinkTarget: not null } link
        ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
        : DatabaseFile;

    /// <summary>Those of the files that a server can't do without which are there.</summary>
    internal IEnumerable<string> FilesOfServer =>
        new[] { LockFile, RealDatabaseFile, $"{RealDatabaseFile}-wal", $"{RealDatabaseFile}-shm" }.Where(File.Exists);

    /// <summary>Locked by the server that runs on this folder.</summary>
    public string LockFile => System.IO.Path.Combine(Path, "postman.lock");

    /// <summary>The history of background jobs. Nothing depends on it.</summary>
    public string HistoryFile => System.IO.Path.Combine(Path, "hangfire.db");

    /// <summary>Where mails are put as files while there is no SMTP server (Development only).</summary>
    public string MailFolder => System.IO.Path.Combine(Path, "mail");

    internal string ConnectionString => new SqliteConnectionStringBuilder { DataSource = DatabaseFile }.ToString();

    /// <summary>For operators: names the folder and its setting, and says why it can't be used.</summary>
    internal string Unusable(string why) => $"It can't write to the folder {Path} (Storage:Directory): {why}";

    /// <summary>Makes the folder, readable by this user alone: it holds people's addresses and the keys that protect cookies.</summary>
    /// <exception cref="IOException">The folder cannot be made, for example because a file is in its place.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
