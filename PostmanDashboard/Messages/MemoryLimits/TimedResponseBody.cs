namespace PostmanDashboard.Messages.MemoryLimits;

/// <summary>Hangs up on a reader who takes no more of an answer.</summary>
/// <remarks>
/// The server's own minimum rate credits what went into the system's buffers at once: after a few megabytes it waits for hours. So the
/// answer is handed over in pieces, each of which has its time.
/// </remarks>
internal sealed class TimedResponseBody(Stream inner, HttpContext context, TimeProvider clock) : Stream
{
    /// <summary>What is handed over at a time, in bytes.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>How long a reader may take for a piece.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private bool hasWritten;

    public bool IsCutOff { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hasWritten = true;
        for (; !buffer.IsEmpty; buffer = buffer[Math.Min(Piece, buffer.Length)..])
        {
            await WatchAsync(inner.WriteAsync(buffer[..Math.Min(Piece, buffer.Length)], cancellationToken).AsTask(), cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <remarks>An answer without a body isn't begun here: someone further out may have one for it.</remarks>
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        hasWritten ? WatchAsync(inner.FlushAsync(cancellationToken), cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task WatchAsync(Task taken, CancellationToken cancellationToken)
    {
        try
        {
            await taken.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            IsCutOff = true;
            context.Abort();
            throw;
        }
    }
}
