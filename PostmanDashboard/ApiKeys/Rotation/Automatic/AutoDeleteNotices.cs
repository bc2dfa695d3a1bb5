using PostmanDashboard.ApiKeys.Notices;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Shell.Time;

namespace PostmanDashboard.ApiKeys.Rotation.Automatic;

/// <summary>Notifies the account and the contacts of an old key that will be deleted by itself: a day before, and when it won't be after all.</summary>
/// <remarks>That it was deleted, <see cref="KeyNotices"/> says, as of every key.</remarks>
public sealed class AutoDeleteNotices(KeyNotices notices, AgencyTime time, PublicAddress address, TimeProvider clock)
{
    /// <summary>Saved by the caller, in the transaction that plans the deletion.</summary>
    internal void NotifyPlanned(DashboardDbContext db, WaitingRotation waiting, RotationState state)
    {
        var (rotation, old, replacement, email) = waiting;
        var at = rotation.DeleteAt!.Value;
        notices.NotifyAll(db, old, email, $"API key “{old.Label}” will be deleted on {time.Format(at)}", new MailContent()
            .Paragraph($"The API key “{old.Label}” was replaced and will be deleted in 1 day, as {rotation.AutoDeleteBy} chose. " +
                RotationWords.Explain(state, old.Label, replacement.Label, clock.GetUtcNow(), time))
            .FactsOf(old, email, ("Replaced by", $"{replacement.Label}, •••••{replacement.Hint}"), ("Will be deleted", $"{time.Format(at)}, in 1 day"))
            .Paragraph("You don’t have to do anything. If a program calls with the old key before then, it isn’t deleted, and we’ll email you. To " +
                "keep it, switch off its deletion on the rotation page.")
            .Button("Open the rotation", address.OfRotation(old.Id)));
    }

    /// <summary>For a key that is called again, or that isn't safe to delete for another reason.</summary>
    internal void NotifyPostponed(DashboardDbContext db, WaitingRotation waiting, RotationState state)
    {
        var (rotation, old, replacement, _) = waiting;
        var used = old.LastKnownUseAt is { } at && at > rotation.DeleteAt - AutoDeleteSweep.Notice
            ? $"A program called with “{old.Label}” on {time.Format(at)}{(old.LastUsedFrom is { } from ? $", from {from}" : "")}."
            : RotationWords.Explain(state, old.Label, replacement.Label, clock.GetUtcNow(), time);
        NotifyKept(db, waiting, $"{used} It is kept until it’s safe to delete; we’ll email you a day before it is.");
    }

    /// <summary>For an end of the rotation, or of the choice. Nobody is notified where no deletion was announced.</summary>
    /// <param name="why">A sentence.</param>
    internal async Task NotifyKeptAsync(DashboardDbContext db, KeyRotation rotation, string why, CancellationToken cancellationToken)
    {
        if (rotation.DeleteAt is not null && await WaitingRotation.FindAsync(db, rotation, cancellationToken) is { } waiting)
        {
            NotifyKept(db, waiting, $"{why} The key is deleted only when someone deletes it.");
        }
    }

    private void NotifyKept(DashboardDbContext db, WaitingRotation waiting, string why)
    {
        var (rotation, old, replacement, email) = waiting;
        notices.NotifyAll(db, old, email, $"API key “{old.Label}” won’t be deleted on {time.FormatDate(rotation.DeleteAt!.Value)}", new MailContent()
            .Paragraph(why)
            .FactsOf(old, email, ("Replaced by", $"{replacement.Label}, •••••{replacement.Hint}"), ("Expires", time.Format(old.ExpiresAt)))
            .Button("Open the rotation", address.OfRotation(old.Id)));
    }
}
