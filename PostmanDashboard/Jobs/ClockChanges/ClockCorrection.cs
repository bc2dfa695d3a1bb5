using Microsoft.EntityFrameworkCore;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Mail.Dispatch;
using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Jobs.ClockChanges;

/// <summary>Puts right what a clock wrote that ran ahead and was set back. What is only shown stays as it was written.</summary>
public sealed class ClockCorrection(
    IDbContextFactory<DashboardDbContext> databases,
    EarlyReminders reminders,
    DeferredMails mails,
    Outbox outbox,
    TimeProvider clock,
    ILogger<ClockCorrection> logger)
{
    /// <summary>Safe to run twice.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var planned = await reminders.PlanAgainAsync(cancellationToken);
        var nearer = await mails.CapDueAtAsync(cancellationToken);
        await ForgetSignInCodesAsync(cancellationToken);
        outbox.Wake();
        logger.LogWarning(
            "{Reminders} went out before they were due, and are planned again. {Mails} that waited for the clock will be tried again within minutes.",
            Quantity.Format(planned, "reminder"),
            Quantity.Format(nearer, "mail"));
    }

    /// <summary>They would be good until the clock comes to where it was, and count against the limits of their addresses.</summary>
    private async Task ForgetSignInCodesAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await db.SignInCodes.Where(code => code.CreatedAt > now).ExecuteDeleteAsync(cancellationToken);
    }
}
