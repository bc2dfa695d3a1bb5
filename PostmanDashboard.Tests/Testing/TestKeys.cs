using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;

namespace PostmanDashboard.Tests.Testing;

/// <summary>What issues and checks keys, on a database and a clock of a test's own, in Singapore.</summary>
public sealed class TestKeys : IDisposable
{
    public TestKeys(int maxPerAccount = 50)
    {
        Service = new ApiKeyService(Database, Options.Create(new ApiKeyOptions { MaxPerAccount = maxPerAccount }), Zone, Clock);
        Verifier = new ApiKeyVerifier(Database, Clock);
    }

    public TestDatabase Database { get; } = new();

    public FakeTimeProvider Clock { get; } = TestClock.Create();

    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Singapore");

    public ApiKeyService Service { get; }

    public ApiKeyVerifier Verifier { get; }

    public Task<Account> AddAccountAsync(string email = "mei@agency.gov.sg") => Database.AddAccountAsync(email);

    public async Task SetDisabledAsync(Account account, DateTimeOffset? since)
    {
        await using var db = Database.CreateDbContext();
        db.Users.Single(row => row.Id == account.Id).DisabledAt = since;
        await db.SaveChangesAsync();
    }

    public Task<IssueApiKeyResult> TryIssueAsync(
        Account account, string? label, ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Service.IssueAsync(account.Id, new NewApiKey(label, contacts.Length == 0 ? [account.Email!] : contacts, lifetime), CancellationToken.None);

    public async Task<IssueApiKeyResult.Issued> IssueAsync(
        Account account, string label = "Grant system", ApiKeyLifetime lifetime = ApiKeyLifetime.SixMonths, params string[] contacts) =>
        Assert.IsType<IssueApiKeyResult.Issued>(await TryIssueAsync(account, label, lifetime, contacts));

    public Task<IReadOnlyList<ApiKeySummary>> ListAsync(Account account) => Service.ListAsync(account.Id, CancellationToken.None);

    public Task<ApiKeySummary?> FindAsync(Account account, Guid id) => Service.FindAsync(account.Id, id, CancellationToken.None);

    public Task<ChangeApiKeyResult> ChangeAsync(Account account, Guid id, string? label, params string[] contacts) =>
        Service.ChangeAsync(account.Id, id, label, contacts, CancellationToken.None);

    public Task<bool> DeleteAsync(Account account, Guid id) =>
        Service.DeleteAsync(account.Id, id, new Actor(account.Email!, "192.0.2.1"), CancellationToken.None);

    public void Dispose() => Database.Dispose();
}
