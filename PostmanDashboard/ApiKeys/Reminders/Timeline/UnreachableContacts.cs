using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Addresses;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Reminders.Timeline;

/// <summary>Knows which contacts can't be reached, and notifies the account when that is all of them.</summary>
public sealed class UnreachableContacts(IDbContextFactory<DashboardDbContext> databases, Outbox outbox, AgencyTime time, PublicAddress address) : IMailFollowUp
{
    public MailKind Kind => MailKind.Reminder;

    /// <returns>By key, the contacts whose last mail about it failed for good. Keys without such a contact are not in it.</returns>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> FindAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var failed = await (
            from key in db.ApiKeys.OwnedBy(accountId)
            join contact in db.Set<ApiKeyContact>() on key.Id equals contact.ApiKeyId
            let last = db.OutgoingMails
                .Where(mail => mail.ApiKeyId == key.Id && mail.NormalizedRecipient == contact.NormalizedAddress)
                .Where(mail => mail.State == MailState.Sent || mail.State == MailState.Failed)
                .OrderByDescending(mail => mail.CreatedAt).ThenByDescending(mail => mail.Id)
                .Select(mail => (MailState?)mail.State)
                .FirstOrDefault()
            where last == MailState.Failed
            orderby contact.Position
            select new { key.Id, contact.Address }).ToListAsync(cancellationToken);
        return failed.GroupBy(row => row.Id).ToDictionary(rows => rows.Key, rows => (IReadOnlyList<string>)[.. rows.Select(row => row.Address)]);
    }

    public async Task FailedAsync(DashboardDbContext db, OutgoingMail mail, MailFailure failure, CancellationToken cancellationToken)
    {
        if (failure.Code == MailFailure.Unanswered)
        {
            // It may have arrived.
            return;
        }

        var stage = await db.Reminders.Where(reminder => reminder.MailId == mail.Id).Select(reminder => (ReminderStage?)reminder.Stage)
            .SingleOrDefaultAsync(cancellationToken);
        if (stage is null || mail.ApiKeyId is not { } apiKeyId || await AnyReachableAsync(db, apiKeyId, stage.Value, cancellationToken))
        {
            return;
        }

        var onceOnly = $"unreachable:{apiKeyId:N}:{(int)stage}";
        if (!await db.OutgoingMails.AnyAsync(mail => mail.OnceOnly == onceOnly, cancellationToken))
        {
            await NotifyAccountAsync(db, apiKeyId, stage.Value, onceOnly, cancellationToken);
        }
    }

    public Task SentAsync(DashboardDbContext db, IReadOnlyList<OutgoingMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RetriedAsync(DashboardDbContext db, IQueryable<OutgoingMail> mails, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether a mail of this stage was sent, or still may be, or a more urgent one instead.</summary>
    private static Task<bool> AnyReachableAsync(DashboardDbContext db, Guid apiKeyId, ReminderStage stage, CancellationToken cancellationToken) => (
        from reminder in db.Reminders
        join mail in db.OutgoingMails on reminder.MailId equals mail.Id into mails
        from mail in mails.DefaultIfEmpty()
        where reminder.ApiKeyId == apiKeyId && reminder.Stage == stage
            && (reminder.State == ReminderState.Planned || mail.State == MailState.Sent || mail.State == MailState.Waiting
                || (mail.State == MailState.Cancelled && mail.CancelReason == CancelReason.Superseded))
        select reminder).AnyAsync(cancellationToken);

    private async Task NotifyAccountAsync(DashboardDbContext db, Guid apiKeyId, ReminderStage stage, string onceOnly, CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.SingleAsync(key => key.Id == apiKeyId, cancellationToken);
        var email = await db.Users.Where(account => account.Id == key.AccountId).Select(account => account.Email!).SingleAsync(cancellationToken);
        var failures = await (
            from reminder in db.Reminders
            join mail in db.OutgoingMails on reminder.MailId equals mail.Id
            where reminder.ApiKeyId == apiKeyId && reminder.Stage == stage && mail.State == MailState.Failed
            orderby reminder.Contact
            select new { reminder.Contact, mail.Reason }).ToListAsync(cancellationToken);
        var content = new MailContent()
            .Paragraph($"We couldn’t reach any contact of your API key “{key.Label}” to say that it " +
                $"{(stage == ReminderStage.Expired ? "expired" : "expires")} on {time.Format(key.ExpiresAt)}.")
            .Facts([("Label", key.Label), ("Key", $"•••••{key.Hint}"), ("Expires", time.Format(key.ExpiresAt)), .. failures.Select(
                failure => (failure.Contact, failure.Reason ?? "failed"))])
            .Paragraph("Please add contacts that can be reached:")
            .ButtonTo(key, address);
        outbox.Add(db, new MailDraft(
            MailKind.UnreachableContacts, EmailAddress.Parse(email), $"No contact of API key “{key.Label}” could be reached", content, apiKeyId, onceOnly));
    }
}
