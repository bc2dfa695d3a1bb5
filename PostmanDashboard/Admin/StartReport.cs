using Microsoft.Extensions.Options;
using PostmanDashboard.Data.Storage;
using PostmanDashboard.Jobs;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Shell.Hosting;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Admin;

/// <summary>Logs at each start what was started and with which settings: what an operator is asked for first when something is wrong.</summary>
public sealed class StartReport(
    PublicAddress address,
    StorageFolder storage,
    IOptions<NetworkOptions> network,
    IOptions<MailOptions> mail,
    IOptions<JobOptions> jobs,
    SmtpConnections connections,
    IHostApplicationLifetime lifetime,
    ILogger<StartReport> logger) : IHostedLifecycleService
{
    /// <summary>How long the mail server may take to answer. Nothing waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private Task asked = Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("{Version} started at {PublicAddress}, listening at {Listening}", ProgramVersion.InWords, address.Root, address.Listening
            ?? "nothing");
        logger.LogInformation("Database: {File}, {Size}", storage.DatabaseFile, ByteSize.Format(new FileInfo(storage.RealDatabaseFile).Length));
        var proxies = network.Value.TrustedProxies;
        logger.LogInformation("Trusted proxies: {Proxies}", proxies.Count == 0 ? "none" : string.Join(", ", proxies));
        if (string.IsNullOrEmpty(mail.Value.Smtp.Host))
        {
            logger.LogInformation("Mail server: none, mails are files in {Folder}", storage.MailFolder);
        }
        else if (jobs.Value.Enabled)
        {
            asked = AskMailServerAsync(lifetime.ApplicationStopping);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => asked;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AskMailServerAsync(CancellationToken stopping)
    {
        var server = $"{mail.Value.Smtp.Host}:{mail.Value.Smtp.Port} ({mail.Value.Smtp.Security})";
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        impatience.CancelAfter(Patience);
        try
        {
            // The next mail goes over this connection, so nothing is wasted.
            connections.Return(await connections.RentAsync(fresh: false, impatience.Token));
            logger.LogInformation("Mail server: {Server}, answers", server);
        }
        catch (Exception failure)
        {
            if (!stopping.IsCancellationRequested)
            {
                var why = failure is OperationCanceledException ? "no answer within 10 seconds" : failure.Message;
                logger.LogWarning("Mail server: {Server}, doesn't answer: {Why}. Mails wait until it does", server, why);
            }
        }
    }
}
