using Microsoft.Extensions.Options;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Mail.Transports;

/// <summary>How the mail server is doing, as far as this process has seen. Says in the log when it begins to fail and when it works again.</summary>
/// <remarks>While it fails, one mail is tried every <see cref="TriedEvery"/>; when that is answered, everything that waits goes.</remarks>
public sealed class MailServer(Outbox outbox, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailServer> logger)
{
    public static readonly TimeSpan TriedEvery = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private long? lastAnswer;
    private long? nextTry;

    /// <summary>Null while it works, or nothing was sent yet.</summary>
    public MailServerTrouble? Trouble { get; private set; }

    /// <param name="begun">When the try began, as a timestamp of the clock.</param>
    public void Observe(MailDelivery delivery, long begun)
    {
        lock (gate)
        {
            if (delivery is MailDelivery.Refused { Cause: RefusalCause.Server } refused)
            {
                Failed(VisibleText.Clean(refused.Reason), begun);
            }
            else
            {
                Answered();
            }
        }
    }

    /// <summary>Whether a failing server may be tried now; who hears yes does it. One at a time.</summary>
    public bool MayTry()
    {
        lock (gate)
        {
            if (nextTry is { } next && clock.GetTimestamp() < next)
            {
                return false;
            }

            // Until it has come to its end, or long after it should have.
            nextTry = After(options.Value.Smtp.Timeout + TriedEvery);
            return true;
        }
    }

    /// <summary>Lets a failing server be tried at once.</summary>
    public void TryNow()
    {
        lock (gate)
        {
            nextTry = null;
        }
    }

    private void Failed(string reason, long begun)
    {
        if (Trouble is null && lastAnswer > begun)
        {
            // It takes mail over other connections: perhaps it wants fewer at a time.
            return;
        }

        nextTry = After(TriedEvery);
        if (Trouble is null)
        {
            Trouble = new MailServerTrouble(clock.GetUtcNow(), reason);
            logger.LogWarning(
                "The mail server {Host} isn't accepting mail: {Reason}. Mails are waiting; trying again every 30 seconds", options.Value.Smtp.Host, reason);
        }
        else
        {
            Trouble = Trouble with { Reason = reason };
        }
    }

    private void Answered()
    {
        lastAnswer = clock.GetTimestamp();
        if (Trouble is { } trouble)
        {
            (Trouble, nextTry) = (null, null);
            logger.LogInformation(
                "The mail server {Host} accepts mail again, after {Minutes:0.#} minutes. Sending what was waiting", options.Value.Smtp.Host,
                    (clock.GetUtcNow() - trouble.Since).TotalMinutes);
            outbox.Wake();
        }
    }

    private long After(TimeSpan pause) => clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);
}

/// <summary>A mail server that takes no mail.</summary>
/// <param name="Reason">What it said last, or why it couldn't be reached; in one line, for people.</param>
public sealed record MailServerTrouble(DateTimeOffset Since, string Reason);
