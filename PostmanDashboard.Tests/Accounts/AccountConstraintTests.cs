using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Database;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts;

/// <summary>What the database refuses by itself, whichever code writes to it.</summary>
public sealed class AccountConstraintTests : IDisposable
{
    private const int CheckViolation = 275;

    private readonly TestDatabase database = new();

    [Fact]
    public async Task Two_accounts_of_one_address_are_refused_whatever_its_case()
    {
        await database.AddAccountAsync("mei@agency.gov.sg");

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => database.AddAccountAsync("Mei@Agency.gov.sg"));

        Assert.True(refused.IsUniqueViolation());
    }

    [Fact]
    public async Task Two_accounts_of_one_address_are_refused_even_under_two_user_names()
    {
        await database.AddAccountAsync("mei@agency.gov.sg");
        var second = await database.AddAccountAsync("tan@agency.gov.sg");
        await using var db = database.CreateDbContext();
        db.Users.Single(account => account.Id == second.Id).NormalizedEmail = "MEI@AGENCY.GOV.SG";

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.True(refused.IsUniqueViolation());
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    public async Task A_sign_in_code_has_0_to_5_tries(int tries)
    {
        await using var db = database.CreateDbContext();
        db.SignInCodes.Add(NewCode(flow: 1));
        await db.SaveChangesAsync();

        Assert.Equal(1, await db.Database.ExecuteSqlAsync($"UPDATE SignInCodes SET Tries = 5"));
        var refused = await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlAsync($"UPDATE SignInCodes SET Tries = {tries}"));

        Assert.Equal(CheckViolation, refused.SqliteExtendedErrorCode);
    }

    [Fact]
    public async Task Two_sign_in_codes_of_one_browser_flow_are_refused()
    {
        await using var db = database.CreateDbContext();
        db.SignInCodes.AddRange(NewCode(flow: 1), NewCode(flow: 2));
        await db.SaveChangesAsync();
        db.SignInCodes.Add(NewCode(flow: 1));

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());

        Assert.True(refused.IsUniqueViolation());
    }

    public void Dispose() => database.Dispose();

    private static SignInCode NewCode(byte flow) => new()
    {
        Email = "mei@agency.gov.sg",
        NormalizedEmail = "MEI@AGENCY.GOV.SG",
        FlowHash = [.. Enumerable.Repeat(flow, 32)],
        CodeHash = new byte[32],
        Network = null,
        Browser = null,
        LinkHash = null,
        CreatedAt = TestClock.Start,
        ExpiresAt = TestClock.Start + SignInCode.Lifetime,
    };
}
