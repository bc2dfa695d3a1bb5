using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Transports;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>What waits to be tried again, and a way for administrators to have it tried now.</summary>
public sealed class WaitingMails(IDbContextFactory<DashboardDbContext> databases, MailServer server, Outbox outbox, TimeProvider clock)
{
    /// <summary>As many as the page lists; those that are tried first.</summary>
    public const int Listed = 50;

    public async Task<WaitingMailList> ListAsync(CancellationToken cancellationToken)
    {
        var (now, trouble) = (clock.GetUtcNow(), server.Trouble);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = Deferred(db, now, trouble is not null);
        var first = await waiting.OrderBy(mail => mail.DueAt).ThenBy(mail => mail.Id).Take(Listed)
            .Select(mail => new { mail.Id, mail.Recipient, mail.Subject, mail.Reason, mail.DueAt, mail.CreatedAt })
            .ToListAsync(cancellationToken);
        return new WaitingMailList(
            trouble,
            await waiting.CountAsync(cancellationToken),
            [.. first.Select(mail => new WaitingMail(
                mail.Id, mail.Recipient, mail.Subject, mail.Reason ?? trouble?.Reason ?? "", WaitsForServer(mail.DueAt) ? null : mail.DueAt, mail.CreatedAt))]);

        bool WaitsForServer(DateTimeOffset dueAt) => trouble is not null && dueAt <= now;
    }

    /// <summary>For all that <see cref="ListAsync"/> counts, also beyond those that it lists. Mails that are being sent are left alone.</summary>
    /// <returns>How many are tried now.</returns>
    public async Task<int> SendNowAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var deferred = Deferred(db, now, server.Trouble is not null);
        var dueAnyway = await deferred.CountAsync(mail => mail.DueAt <= now, cancellationToken);
        var broughtForward = await deferred.SendNowAsync(now, cancellationToken);
        server.TryNow();
        outbox.Wake();
        return dueAnyway + broughtForward;
    }

    /// <remarks>A mail that is being sent has no reason, and is due at the end of its lease. One that was never tried waits only
    /// while the server takes none.</remarks>
    private static IQueryable<OutgoingMail> Deferred(DashboardDbContext db, DateTimeOffset now, bool serverFails) => db.OutgoingMails.Where(mail =>
        mail.State == MailState.Waiting && (mail.Reason != null || (serverFails && mail.DueAt <= now)));
}

/// <param name="Trouble">What is wrong with the mail server. Null while it takes mail.</param>
/// <param name="Total">How many wait; more than are listed, where there are many.</param>
public sealed record WaitingMailList(MailServerTrouble? Trouble, int Total, IReadOnlyList<WaitingMail> Mails);

/// <param name="NextTry">Null for a mail that goes as soon as the mail server takes mail again.</param>
/// <param name="Since">Since when it has been waiting.</param>
public sealed record WaitingMail(Guid Id, string Recipient, string Subject, string Reason, DateTimeOffset? NextTry, DateTimeOffset Since);
