using PostmanDashboard.ApiKeys;

namespace PostmanDashboard.Tests.Testing;

/// <summary>Keys for the program in a process of its own, which goes by the machine's clock.</summary>
public static class LiveKeys
{
    /// <returns>The token of a key that is live at this moment, of a new account.</returns>
    public static async Task<ApiKeyToken> IssueLiveKeyAsync(this TestDatabase database)
    {
        var account = await database.AddAccountAsync("mei@agency.gov.sg");
        Assert.True(ApiKeyLabel.TryParse("Grant system", out var label, out _));
        Assert.True(ContactList.TryParse(["mei@agency.gov.sg"], out var contacts, out _));
        var token = ApiKeyToken.Generate();
        await using var db = database.CreateDbContext();
        db.ApiKeys.Add(ApiKey.Issue(
            token, account.Id, label, contacts, ApiKeyLifetime.SixMonths, TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Singapore")));
        await db.SaveChangesAsync();
        return token;
    }
}
