using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys;

/// <summary>What the database refuses by itself, whichever code writes to it.</summary>
public sealed class ApiKeyConstraintTests : AsyncLifetime, IDisposable
{
    private const int CheckViolation = 275;
    private const int ForeignKeyViolation = 787;
    private const int PrimaryKeyViolation = 1555;
    private const int UniqueViolation = 2067;

    private readonly TestKeys keys = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued one = null!;
    private IssueApiKeyResult.Issued two = null!;

    public override async Task InitializeAsync()
    {
        account = await keys.AddAccountAsync();
        one = await keys.IssueAsync(account, "one");
        two = await keys.IssueAsync(account, "two");
    }

    [Fact]
    public Task Two_keys_of_one_hash_are_refused() =>
        AssertRefusedAsync(UniqueViolation, $"UPDATE ApiKeys SET Hash = {one.Token.Hash} WHERE Id = {two.Id}");

    [Fact]
    public async Task The_hash_of_a_deleted_key_stays_taken()
    {
        await keys.DeleteAsync(account, one.Id);

        await AssertRefusedAsync(UniqueViolation, $"UPDATE ApiKeys SET Hash = {one.Token.Hash} WHERE Id = {two.Id}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public Task A_hash_of_another_length_is_refused(int length) =>
        AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Hash = {new byte[length]} WHERE Id = {one.Id}");

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public Task An_access_that_there_is_not_is_refused(int access) =>
        AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Access = {access} WHERE Id = {one.Id}");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("203.0.113.9")]
    [InlineData("203.0.113.0/24,2001:db8::/32")]
    [InlineData("203.0.113.0/24 ")]
    [InlineData(" 203.0.113.0/24")]
    [InlineData("203.0.113.0/24  2001:db8::/32")]
    [InlineData("203.0.113.0/24 anywhere/0")]
    public Task Networks_that_no_code_of_ours_writes_are_refused(string networks) =>
        AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Networks = {networks} WHERE Id = {one.Id}");

    [Fact]
    public Task More_networks_than_a_key_has_are_refused()
    {
        var networks = string.Join(' ', Enumerable.Range(0, 21).Select(number => $"10.0.{number}.0/24"));
        return AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Networks = {networks} WHERE Id = {one.Id}");
    }

    [Fact]
    public Task Two_keys_of_one_normalized_label_are_refused() =>
        AssertRefusedAsync(UniqueViolation, $"UPDATE ApiKeys SET NormalizedLabel = 'ONE' WHERE Id = {two.Id}");

    [Fact]
    public async Task A_normalized_label_is_free_next_to_a_deleted_key_and_the_deletion_can_then_not_be_undone()
    {
        await keys.DeleteAsync(account, one.Id);

        await ExecuteAsync($"UPDATE ApiKeys SET NormalizedLabel = 'ONE' WHERE Id = {two.Id}");

        await AssertRefusedAsync(UniqueViolation, $"UPDATE ApiKeys SET DeletedAt = NULL WHERE Id = {one.Id}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" padded")]
    [InlineData("padded ")]
    public Task A_label_that_is_empty_or_not_trimmed_is_refused(string label) =>
        AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Label = {label} WHERE Id = {one.Id}");

    [Fact]
    public async Task A_label_has_at_most_100_characters()
    {
        await ExecuteAsync($"UPDATE ApiKeys SET Label = {new string('x', 100)} WHERE Id = {one.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET Label = {new string('x', 101)} WHERE Id = {one.Id}");
    }

    [Fact]
    public async Task An_expiry_beyond_any_six_months_is_refused()
    {
        var most = TimeSpan.FromDays(185).Ticks;

        await ExecuteAsync($"UPDATE ApiKeys SET ExpiresAt = CreatedAt + {most} WHERE Id = {one.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET ExpiresAt = CreatedAt + {most + 1} WHERE Id = {one.Id}");
    }

    [Fact]
    public async Task An_expiry_at_or_before_the_creation_is_refused()
    {
        await AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET ExpiresAt = CreatedAt WHERE Id = {one.Id}");
        await AssertRefusedAsync(CheckViolation, $"UPDATE ApiKeys SET ExpiresAt = CreatedAt - 1 WHERE Id = {one.Id}");
    }

    [Fact]
    public Task A_key_without_an_account_is_refused() =>
        AssertRefusedAsync(ForeignKeyViolation, $"UPDATE ApiKeys SET AccountId = {Guid.NewGuid()} WHERE Id = {one.Id}");

    [Fact]
    public async Task An_account_with_keys_cannot_be_removed_even_when_they_are_deleted()
    {
        await keys.DeleteAsync(account, one.Id);
        await keys.DeleteAsync(account, two.Id);

        // 1811 is what SQLite calls a foreign key with RESTRICT.
        await AssertRefusedAsync(1811, $"DELETE FROM AspNetUsers WHERE Id = {account.Id}");
    }

    [Fact]
    public async Task An_eleventh_contact_is_refused()
    {
        for (var position = 1; position < 10; position++)
        {
            await AddContactAsync(position, $"CONTACT{position}@AGENCY.GOV.SG");
        }

        Assert.Equal(CheckViolation, (await Assert.ThrowsAsync<SqliteException>(() => AddContactAsync(10, "MORE@AGENCY.GOV.SG"))).SqliteExtendedErrorCode);
        Assert.Equal(CheckViolation, (await Assert.ThrowsAsync<SqliteException>(() => AddContactAsync(-1, "MORE@AGENCY.GOV.SG"))).SqliteExtendedErrorCode);
        Assert.Equal(PrimaryKeyViolation, (await Assert.ThrowsAsync<SqliteException>(() => AddContactAsync(9, "MORE@AGENCY.GOV.SG"))).SqliteExtendedErrorCode);
    }

    [Fact]
    public async Task The_same_contact_twice_on_one_key_is_refused() =>
        Assert.Equal(UniqueViolation, (await Assert.ThrowsAsync<SqliteException>(() => AddContactAsync(1, "MEI@AGENCY.GOV.SG"))).SqliteExtendedErrorCode);

    public void Dispose() => keys.Dispose();

    private Task AddContactAsync(int position, string address) => ExecuteAsync(
        $"INSERT INTO ApiKeyContacts (ApiKeyId, Position, Address, NormalizedAddress) VALUES ({one.Id}, {position}, {address}, {address})");

    private async Task AssertRefusedAsync(int violation, FormattableString sql) =>
        Assert.Equal(violation, (await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(sql))).SqliteExtendedErrorCode);

    /// <remarks>One row exactly, so that a condition which finds nothing can't look like success.</remarks>
    private async Task ExecuteAsync(FormattableString sql)
    {
        await using var db = keys.Database.CreateDbContext();
        Assert.Equal(1, await db.Database.ExecuteSqlAsync(sql));
    }
}
