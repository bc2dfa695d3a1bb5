using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>A mail that is ours to send until <paramref name="Until"/>; then, if we have died, someone else's.</summary>
/// <param name="Mail">As it was before it was leased.</param>
/// <param name="GivenUpFor">Why it isn't even tried any more: its time is over, and the server takes no mail. Null elsewhere.</param>
public sealed record MailLease(OutgoingMail Mail, DateTimeOffset Until, string? GivenUpFor = null)
{
    /// <summary>The number of this try, from 1.</summary>
    public int Try => Mail.Tries + 1;

    /// <summary>The mail's row. Nothing when the lease ran out and the mail is someone else's, or it is settled.</summary>
    public IQueryable<OutgoingMail> Held(DashboardDbContext db) =>
        db.OutgoingMails.Where(row => row.Id == Mail.Id && row.State == MailState.Waiting && row.DueAt == Until);
}
