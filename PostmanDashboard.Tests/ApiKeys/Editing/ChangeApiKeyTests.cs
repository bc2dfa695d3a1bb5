using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Bearer;
using PostmanDashboard.ApiKeys.Contacts;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.ApiKeys.Editing;

public sealed class ChangeApiKeyTests : IDisposable
{
    private readonly TestKeys keys = new();

    [Fact]
    public async Task Label_and_contacts_change_and_nothing_else()
    {
        var (account, issued) = await IssueAsync();
        var before = await keys.FindAsync(account, issued.Id);

        Assert.IsType<ChangeApiKeyResult.Changed>(await keys.ChangeAsync(account, issued.Id, " Payments ", "c@agency.gov.sg", "a@agency.gov.sg"));

        var after = await keys.FindAsync(account, issued.Id);
        Assert.Equal(["c@agency.gov.sg", "a@agency.gov.sg"], after!.Contacts);
        Assert.Equal(before! with { Label = "Payments", Contacts = after.Contacts }, after);
        Assert.IsType<ApiKeyVerification.Accepted>(await keys.Verifier.VerifyAsync(issued.Token.Plaintext, CancellationToken.None));
    }

    [Fact]
    public async Task Contacts_can_change_places()
    {
        var account = await keys.AddAccountAsync();
        var issued = await keys.IssueAsync(account, contacts: ["a@agency.gov.sg", "b@agency.gov.sg"]);

        Assert.IsType<ChangeApiKeyResult.Changed>(await keys.ChangeAsync(account, issued.Id, "Grant system", "b@agency.gov.sg", "A@agency.gov.sg"));

        Assert.Equal(["b@agency.gov.sg", "A@agency.gov.sg"], (await keys.FindAsync(account, issued.Id))!.Contacts);
    }

    [Fact]
    public async Task Contacts_that_are_taken_off_leave_no_row_behind()
    {
        var (account, issued) = await IssueAsync();

        await keys.ChangeAsync(account, issued.Id, "Grant system", "b@agency.gov.sg");

        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(["b@agency.gov.sg"], await db.Set<ApiKeyContact>().Select(contact => contact.Address).ToListAsync());
    }

    [Fact]
    public async Task A_key_can_take_its_own_label_in_another_case_and_keep_its_contacts()
    {
        var (account, issued) = await IssueAsync();

        Assert.IsType<ChangeApiKeyResult.Changed>(
            await keys.ChangeAsync(account, issued.Id, "GRANT system", "a@agency.gov.sg", "b@agency.gov.sg"));

        var key = await keys.FindAsync(account, issued.Id);
        Assert.Equal("GRANT system", key!.Label);
        Assert.Equal(["a@agency.gov.sg", "b@agency.gov.sg"], key.Contacts);
    }

    [Fact]
    public async Task The_label_of_another_key_is_taken_in_any_case_and_the_contacts_stay()
    {
        var (account, issued) = await IssueAsync();
        await keys.IssueAsync(account, "Payments");

        Assert.IsType<ChangeApiKeyResult.LabelTaken>(await keys.ChangeAsync(account, issued.Id, "PAYMENTS", "c@agency.gov.sg"));

        await AssertUnchangedAsync(account, issued.Id);
    }

    [Fact]
    public async Task A_label_given_up_is_free_again()
    {
        var (account, issued) = await IssueAsync();

        await keys.ChangeAsync(account, issued.Id, "Payments", "a@agency.gov.sg");

        Assert.IsType<IssueApiKeyResult.LabelTaken>(await keys.TryIssueAsync(account, "payments"));
        await keys.IssueAsync(account, "Grant system");
    }

    [Fact]
    public async Task Both_fields_are_told_what_is_wrong_at_once_and_nothing_changes()
    {
        var (account, issued) = await IssueAsync();

        var invalid = Assert.IsType<ChangeApiKeyResult.Invalid>(await keys.ChangeAsync(account, issued.Id, new string('x', 101)));

        Assert.StartsWith("A label has at most 100 characters", invalid.LabelProblem, StringComparison.Ordinal);
        Assert.StartsWith("Add at least one contact", invalid.ContactsProblem, StringComparison.Ordinal);
        await AssertUnchangedAsync(account, issued.Id);
    }

    [Fact]
    public async Task An_expired_key_can_be_changed()
    {
        var (account, issued) = await IssueAsync();
        keys.Clock.Advance(TimeSpan.FromDays(200));

        Assert.IsType<ChangeApiKeyResult.Changed>(await keys.ChangeAsync(account, issued.Id, "Old grant system", "a@agency.gov.sg"));
    }

    public void Dispose() => keys.Dispose();

    private async Task<(Account Account, IssueApiKeyResult.Issued Issued)> IssueAsync()
    {
        var account = await keys.AddAccountAsync();
        return (account, await keys.IssueAsync(account, "Grant system", ApiKeyLifetime.SixMonths, "a@agency.gov.sg", "b@agency.gov.sg"));
    }

    private async Task AssertUnchangedAsync(Account account, Guid id)
    {
        var key = await keys.FindAsync(account, id);
        Assert.Equal("Grant system", key!.Label);
        Assert.Equal(["a@agency.gov.sg", "b@agency.gov.sg"], key.Contacts);
    }
}
