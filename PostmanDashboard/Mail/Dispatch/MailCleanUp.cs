using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Blanks the bodies of mails that were settled <c>Mail:KeepBodiesFor</c> ago. That they were sent, to whom and about what stays.</summary>
public sealed class MailCleanUp(IDbContextFactory<DashboardDbContext> databases, IOptions<MailOptions> options, TimeProvider clock)
{
    public const string JobId = "clean-up";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepBodiesFor;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.OutgoingMails.Where(mail => mail.State != MailState.Waiting && mail.SettledAt < before && mail.Text != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.Text, (string?)null).SetProperty(mail => mail.Html, (string?)null), cancellationToken);
    }
}
