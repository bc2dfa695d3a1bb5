namespace PostmanDashboard.ApiKeys;

/// <summary>The rule that is part of every read and write of an account's keys.</summary>
internal static class ApiKeyQueries
{
    /// <returns>The keys of the account that it hasn't deleted. Someone else's is not among them, like one that doesn't exist.</returns>
    public static IQueryable<ApiKey> OwnedBy(this IQueryable<ApiKey> keys, Guid accountId) =>
        keys.Where(key => key.AccountId == accountId && key.DeletedAt == null);
}
