using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Networks;
using PostmanDashboard.ApiKeys.Notes;
using PostmanDashboard.ApiKeys.Reminders;
using PostmanDashboard.Data;

namespace PostmanDashboard.ApiKeys.Issuing;

/// <summary>Makes a key, with its reminders planned, in a transaction of the caller's: whether it is an account's newest key or
/// the replacement of another.</summary>
public sealed class ApiKeyIssuer(ReminderPlan reminders, IOptions<ApiKeyOptions> options, DateTimeZone zone, TimeProvider clock)
{
    /// <summary>Adds the key to <paramref name="db"/>, unless a rule forbids it. Nobody is notified, and nothing is saved.</summary>
    /// <remarks>The transaction must be serializable: what is counted here must still hold when it is committed.</remarks>
    internal async Task<AddApiKeyResult> AddAsync(
        DashboardDbContext db, Guid accountId, NewApiKey request, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // All, whatever the first one says.
        _ = ApiKeyLabel.TryParse(request.Label, out var label, out var labelProblem);
        _ = ContactList.TryParse(request.Contacts, out var contacts, out var contactsProblem);
        var expiryProblem = request.Expiry.FindProblem(now, zone);
        _ = KeyNotes.TryParse(request.Notes.Note, request.Notes.Owner, out var notes, out var notesProblems);
        _ = NetworkList.TryParse(request.Networks, out var networks, out var networksProblem);
        if (label is null || contacts is null || notes is null || networks is null || expiryProblem is not null)
        {
            return new AddApiKeyResult.Refused(
                new IssueApiKeyResult.Invalid(labelProblem, contactsProblem, expiryProblem, notesProblems) { NetworksProblem = networksProblem });
        }

        if (await FindObstacleAsync(db, accountId, now, cancellationToken) is { } obstacle)
        {
            return new AddApiKeyResult.Refused(obstacle);
        }

        var token = ApiKeyToken.Generate();
        var key = ApiKey.Issue(token, accountId, label, contacts, request.Expiry, now, zone);
        (key.Access, key.Networks) = (request.Access, networks.Stored);
        key.SetNotes(notes);
        db.ApiKeys.Add(key);
        KeyEvents.Add(db, key.Id, KeyEventKind.Generated, actor, now);
        await reminders.FollowContactsAsync(db, key, cancellationToken);
        return new AddApiKeyResult.Added(key, new IssueApiKeyResult.Issued(key.Id, key.Label, token));
    }

    private async Task<IssueApiKeyResult?> FindObstacleAsync(
        DashboardDbContext db, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.Users.AnyAsync(account => account.Id == accountId && account.DisabledAt == null, cancellationToken))
        {
            return new IssueApiKeyResult.AccountDisabled();
        }

        var live = await db.ApiKeys.OwnedBy(accountId).CountAsync(key => key.ExpiresAt > now, cancellationToken);
        return live >= options.Value.MaxPerAccount ? new IssueApiKeyResult.LimitReached(options.Value.MaxPerAccount) : null;
    }
}
