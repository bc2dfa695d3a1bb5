using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.Accounts;

namespace PostmanDashboard.Benchmarks.EndToEnd.Pages;

/// <summary>What pages show beside many keys: messages of one account, and other accounts.</summary>
internal static class RowsOfPages
{
    public const string Email = "team0@agency.gov.sg";

    /// <returns>The cookie of <see cref="Email"/>, signed in.</returns>
    public static async Task<string> AddAsync(BenchmarkStorage storage, int messages, int accounts)
    {
        await using var dashboard = await BenchmarkDashboard.OpenAsync(storage.Path);
        await using (var db = dashboard.CreateDbContext())
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF");
            db.Database.SetCommandTimeout(0);
            await AddMessagesAsync(db, messages);
            await AddAccountsAsync(db, accounts);
        }

        return await SignInAsync(dashboard);
    }

    private static Task<int> AddMessagesAsync(DbContext db, int count)
    {
        var (now, second) = (TimeProvider.System.GetUtcNow().UtcTicks, TimeSpan.TicksPerSecond);
        return db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count} - 1)
            INSERT INTO Messages (Id, AccountId, ApiKeyId, Bcc, Cc, CreatedAt, "From", NormalizedRecipient, Recipient, ReplyTo, SentAt, Status, Subject,
                UpdatedAt, ErrorCode, ErrorReason)
            SELECT printf('%08X-0000-7000-8000-000000000003', n), AccountId, Id, '[]', '[]', {now} - ({count} - n) * {second}, 'a@postman.example',
                'PERSON' || n || '@EXAMPLE.ORG', 'person' || n || '@example.org', 'a@agency.gov.sg',
                CASE WHEN n % 20 > 0 THEN {now} - ({count} - n) * {second} END, CASE WHEN n % 20 > 0 THEN 1 ELSE 2 END, 'Your receipt',
                {now} - ({count} - n) * {second}, CASE WHEN n % 20 = 0 THEN '550' END, CASE WHEN n % 20 = 0 THEN 'No such mailbox' END
            FROM numbers JOIN ApiKeys ON Id = printf('%08X-0000-7000-8000-000000000002', n % 50)
            """);
    }

    private static Task<int> AddAccountsAsync(DbContext db, int count) => db.Database.ExecuteSqlAsync($"""
        WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count} - 1)
        INSERT INTO AspNetUsers (Id, AccessFailedCount, CreatedAt, Email, EmailConfirmed, LockoutEnabled, NormalizedEmail, NormalizedUserName,
            PhoneNumberConfirmed, TwoFactorEnabled, UserName)
        SELECT printf('%08X-0000-7000-8000-000000000004', n), 0, {TimeProvider.System.GetUtcNow().UtcTicks}, 'person' || n || '@agency.gov.sg', 1, 0,
            'PERSON' || n || '@AGENCY.GOV.SG', 'PERSON' || n || '@AGENCY.GOV.SG', 0, 0, 'person' || n || '@agency.gov.sg'
        FROM numbers WHERE {count} > 0
        """);

    private static async Task<string> SignInAsync(BenchmarkDashboard dashboard)
    {
        await dashboard.ExecuteAsync($"UPDATE AspNetUsers SET SecurityStamp = {Guid.NewGuid().ToString()} WHERE Email = {Email}");
        await using var db = dashboard.CreateDbContext();
        var account = await db.Users.SingleAsync(account => account.Email == Email);
        await using var scope = dashboard.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        // The program that is measured is told so by a setting.
        person.Identities.Single().AddClaim(new Claim(person.Identities.Single().RoleClaimType, Roles.Administrator));
        var cookies = dashboard.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var properties = new AuthenticationProperties(new Dictionary<string, string?> { ["session_id"] = $"{Guid.NewGuid()}" })
        {
            IssuedUtc = now,
            ExpiresUtc = now.AddDays(1),
        };
        var ticket = new AuthenticationTicket(person, properties, IdentityConstants.ApplicationScheme);
        return $"{cookies.Cookie.Name}={cookies.TicketDataFormat.Protect(ticket)}";
    }
}
