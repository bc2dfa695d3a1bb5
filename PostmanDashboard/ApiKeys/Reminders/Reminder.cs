using PostmanDashboard.Mail;

namespace PostmanDashboard.ApiKeys.Reminders;

/// <summary>This key, this stage, this contact, and what became of it.</summary>
public sealed class Reminder
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ApiKeyId { get; init; }

    public required ReminderStage Stage { get; init; }

    public required string Contact { get; init; }

    public required string NormalizedContact { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public ReminderState State { get; private set; }

    /// <summary>Why it was cancelled. Null in every other state.</summary>
    public CancelReason? CancelReason { get; private set; }

    /// <summary>The mail in the outbox. Null until it is queued.</summary>
    public Guid? MailId { get; private set; }

    public void Queue(OutgoingMail mail) => (State, MailId) = (ReminderState.Queued, mail.Id);

    public void Supersede() => State = ReminderState.Superseded;

    public void Cancel(CancelReason reason) => (State, CancelReason) = (ReminderState.Cancelled, reason);

    /// <summary>For a contact that was taken off and is put on again before this is due, and after a clock that ran ahead.</summary>
    public void PlanAgain() => (State, CancelReason, MailId) = (ReminderState.Planned, null, null);

    public bool IsTighterThan(Reminder other) =>
        ApiKeyId == other.ApiKeyId && NormalizedContact == other.NormalizedContact && Stage > other.Stage;
}
