using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PostmanDashboard.Data;

namespace PostmanDashboard.Mail.Dispatch;

/// <summary>Blanks the bodies of mails that were settled <c>Mail:KeepBodiesFor</c> ago. That they were sent, to whom and about what stays.</summary>
public sealed class MailCleanUp(IDbContextFactory<DashboardDbContext> databases, IOptions<MailOptions> options, TimeProvider clock)
{
    public const string JobId = "clean-up";

    /// <summary>So few at a time that nobody else waits long to write.</summary>
    private const int BatchSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepBodiesFor;
        int blanked;
        do
        {
            blanked = await BlankAsync(before, cancellationToken);
        }
        while (blanked == BatchSize);
    }

    /// <returns>How many.</returns>
    private async Task<int> BlankAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = await db.OutgoingMails.Where(mail => mail.State != MailState.Waiting && mail.SettledAt < before && mail.Text != null)
            .OrderBy(mail => mail.SettledAt)
            .Take(BatchSize)
            .Select(mail => mail.Id)
            .ToListAsync(cancellationToken);
        return await db.OutgoingMails.Where(mail => ids.Contains(mail.Id)).BlankAsync(cancellationToken);
    }
}
