namespace PostmanDashboard.Data;

/// <summary>Whose turn it is to write, among those of this process that write much. SQLite has one writer at a time, and lets the others poll.</summary>
public sealed class WriteLock : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <returns>The turn, which ends when it is disposed of.</returns>
    public async Task<IDisposable> AcquireAsync()
    {
        await turn.WaitAsync();
        return new Turn(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
