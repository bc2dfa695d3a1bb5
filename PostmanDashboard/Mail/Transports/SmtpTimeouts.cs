using MailKit;

namespace PostmanDashboard.Mail.Transports;

/// <summary>How long the server may take for one mail: <c>Timeout</c> up to its content and for each part of that,
/// <c>AnswerTimeout</c> once it has all of it.</summary>
internal sealed class SmtpTimeouts : ITransferProgress, IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly SmtpOptions options;

    public SmtpTimeouts(SmtpOptions options, CancellationToken cancellationToken)
    {
        this.options = options;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(options.Timeout);
    }

    /// <summary>Whether the whole mail is on its way: from here on nobody but the server knows whether it was taken.</summary>
    public bool MailIsOut { get; private set; }

    public CancellationToken Token => source.Token;

    public void Report(long bytesTransferred, long totalSize)
    {
        if (totalSize > 0 && bytesTransferred < totalSize)
        {
            source.CancelAfter(options.Timeout);
        }
        else
        {
            Report(bytesTransferred);
        }
    }

    /// <remarks>Where the size isn't known, every part may be the last.</remarks>
    public void Report(long bytesTransferred)
    {
        MailIsOut = true;
        source.CancelAfter(options.AnswerTimeout);
    }

    public void Dispose() => source.Dispose();
}
