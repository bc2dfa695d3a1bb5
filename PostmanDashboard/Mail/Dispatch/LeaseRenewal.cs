namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Prolongs a lease while its mail is in our hands, so that nobody else sends it, however long that takes.</summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly MailLeases leases;
    private readonly ILogger logger;
    private readonly Task renewing;

    public LeaseRenewal(MailLeases leases, MailLease lease, TimeSpan every, TimeProvider clock, ILogger logger)
    {
        (this.leases, Lease, this.logger) = (leases, lease, logger);
        renewing = RenewAsync(new PeriodicTimer(every, clock));
    }

    /// <summary>As it is now. After the end of this renewal it stays so.</summary>
    public MailLease Lease { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
    }

    private async Task RenewAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await TicksAsync(timer))
            {
                try
                {
                    if (await leases.RenewAsync(Lease) is not { } renewed)
                    {
                        return;
                    }

                    Lease = renewed;
                }
                catch (Exception failure) when (failure is not OutOfMemoryException)
                {
                    // There are two more turns before the lease runs out, and the mail that is being sent is not to be lost for it.
                    logger.LogWarning("The lease of mail {MailId} could not be extended: {Reason}", Lease.Mail.Id, failure.Message);
                }
            }
        }
    }

    private async Task<bool> TicksAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
