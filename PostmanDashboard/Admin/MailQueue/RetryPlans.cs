using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Data;
using PostmanDashboard.Mail;

namespace PostmanDashboard.Admin.MailQueue;

/// <summary>Says what a retry of many failed mails would send, before it is done.</summary>
public sealed class RetryPlans(IDbContextFactory<DashboardDbContext> databases, TimeProvider clock)
{
    private const int NamedDomains = 5;
    private const int NamedAddresses = 3;

    /// <summary>By the same filter as <see cref="MailReport.ListFailedAsync"/>, also beyond those that it lists.</summary>
    public async Task<RetryPlan> MakeAsync(FailedMailFilter filter, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var addresses = await MailReport.Retryable(db, filter, until, until)
            .GroupBy(mail => mail.NormalizedRecipient)
            .Select(mails => new AddressCount(
                mails.Min(mail => mail.Recipient)!, mails.Count(), mails.Count(mail => mail.Kind == MailKind.Message), mails.Min(mail => mail.CreatedAt)))
            .ToListAsync(cancellationToken);
        var domains = addresses.GroupBy(address => address.Domain, StringComparer.OrdinalIgnoreCase)
            .Select(domain => new DomainCount(domain.Key, domain.Sum(address => address.Mails)))
            .OrderByDescending(domain => domain.Mails).ThenBy(domain => domain.Domain, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new RetryPlan(
            until,
            addresses.Sum(address => address.Mails),
            addresses.Sum(address => address.OfPrograms),
            [.. domains.Take(NamedDomains)],
            Math.Max(0, domains.Count - NamedDomains),
            [.. addresses.Select(address => address.Recipient).Order(StringComparer.OrdinalIgnoreCase).Take(NamedAddresses)],
            Math.Max(0, addresses.Count - NamedAddresses),
            addresses.Count == 0 ? null : addresses.Min(address => address.Oldest));
    }

    private sealed record AddressCount(string Recipient, int Mails, int OfPrograms, DateTimeOffset Oldest)
    {
        public string Domain => Recipient[(Recipient.LastIndexOf('@') + 1)..];
    }
}

/// <summary>What a retry would send.</summary>
/// <param name="Until">Mails that fail later aren't meant.</param>
/// <param name="OfPrograms">How many of them are messages of programs. The others are our reminders and notices.</param>
/// <param name="Domains">Those that most go to.</param>
/// <param name="Addresses">The first few.</param>
/// <param name="Oldest">When the oldest of them was written. Null when there is none.</param>
public sealed record RetryPlan(
    DateTimeOffset Until,
    int Mails,
    int OfPrograms,
    IReadOnlyList<DomainCount> Domains,
    int MoreDomains,
    IReadOnlyList<string> Addresses,
    int MoreAddresses,
    DateTimeOffset? Oldest)
{
    public int OwnMails => Mails - OfPrograms;
}

/// <summary>How many mails go to a domain.</summary>
public sealed record DomainCount(string Domain, int Mails);
