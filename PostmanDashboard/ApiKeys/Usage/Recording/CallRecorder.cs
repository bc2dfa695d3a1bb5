using NodaTime;

namespace PostmanDashboard.ApiKeys.Usage.Recording;

/// <summary>
/// Counts who calls with which key and what becomes of it, and writes that down every few seconds and at shutdown, so that no call
/// waits for it.
/// </summary>
/// <remarks>A crash loses what was counted since the last write.</remarks>
public sealed class CallRecorder : IHostedService, IDisposable
{
    /// <summary>The longest that a call waits in memory while the database can be written.</summary>
    public static readonly TimeSpan WriteAfter = TimeSpan.FromSeconds(5);

    /// <summary>How many keys are written in one transaction: other writers wait meanwhile.</summary>
    private const int BatchSize = 100;

    private readonly CallWriter writer;
    private readonly ILogger<CallRecorder> logger;
    private readonly CallBuffer unwritten;
    private readonly ITimer timer;
    private int scheduled;

    public CallRecorder(CallWriter writer, DateTimeZone zone, TimeProvider clock, ILogger<CallRecorder> logger)
    {
        (this.writer, this.logger, unwritten) = (writer, logger, new CallBuffer(zone));
        timer = clock.CreateTimer(_ => WriteUnlessBusy(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The write in progress, or the last one when there is none.</summary>
    internal Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>How many callers are in memory.</summary>
    internal int CallersInMemory => unwritten.Callers;

    public void Note(KeyCall call)
    {
        unwritten.Add(call);
        Schedule();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        await Writing.WaitAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Winds the timer up, unless it is already: it rests while no key is used.</summary>
    private void Schedule()
    {
        if (Interlocked.Exchange(ref scheduled, 1) == 0)
        {
            timer.Change(WriteAfter, Timeout.InfiniteTimeSpan);
        }
    }

    private void WriteUnlessBusy()
    {
        // First, so that a call from here on winds the timer up again.
        Volatile.Write(ref scheduled, 0);
        if (Writing.IsCompleted)
        {
            Writing = WriteAsync(CancellationToken.None);
        }
        else
        {
            Schedule();
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batches = unwritten.Drain().Chunk(BatchSize).ToList();
        for (var written = 0; written < batches.Count; written++)
        {
            try
            {
                await writer.WriteAsync(batches[written], cancellationToken);
            }
            catch (Exception failure)
            {
                // Of this batch nothing is in the database, so it is counted once when the next round writes it.
                unwritten.Return(batches.Skip(written).SelectMany(batch => batch));
                logger.LogWarning(failure, "Calls with keys could not be recorded. They are kept for the next attempt");
                Schedule();
                return;
            }
        }
    }
}
