namespace PostmanDashboard.Data.Storage;

/// <summary>The data folder or the database can't be used. The message is written for operators: whole sentences that name the setting.</summary>
public sealed class UnusableStorageException(string message, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>Null where it isn't that something can't be written.</summary>
    public StorageError? Error { get; init; }
}
