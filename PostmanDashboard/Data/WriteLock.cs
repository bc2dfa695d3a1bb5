namespace PostmanDashboard.Data;

/// <summary>Whose turn it is to write, among those of this process that write much. SQLite has one writer at a time, and lets the others poll.</summary>
public sealed class WriteLock : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task TakeAsync() => turn.WaitAsync();

    public void GiveUp() => turn.Release();

    public void Dispose() => turn.Dispose();
}
