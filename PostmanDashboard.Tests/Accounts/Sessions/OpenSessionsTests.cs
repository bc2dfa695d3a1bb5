using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Accounts.Sessions;

/// <summary>A page that stays open learns that its session has ended.</summary>
public sealed class OpenSessionsTests : IAsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private Account account = null!;
    private ClaimsPrincipal person = null!;

    public async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        person = await AuthenticateAsync(await app.CreateSignedInCookieAsync(account));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_session_holds_until_24_hours_after_the_sign_in()
    {
        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        var before = await HoldsAsync(person);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(before);
        Assert.False(await HoldsAsync(person));
    }

    [Fact]
    public async Task It_ends_when_the_account_is_disabled_and_does_not_come_back_with_it()
    {
        await ChangeAsync(row => row.DisabledAt = app.Clock.GetUtcNow());
        var disabled = await HoldsAsync(person);
        await ChangeAsync(row => row.DisabledAt = null);

        Assert.False(disabled);
        Assert.False(await HoldsAsync(person));
    }

    [Fact]
    public async Task It_ends_for_good_when_an_operator_disables_the_account_by_hand()
    {
        await using var db = app.CreateDbContext();
        // As docs/operating.md tells it.
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = unixepoch() * 10000000 + 621355968000000000 WHERE NormalizedEmail = 'MEI@AGENCY.GOV.SG'");
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = NULL WHERE NormalizedEmail = 'MEI@AGENCY.GOV.SG'");

        Assert.False(await HoldsAsync(person));
        Assert.True(await HoldsAsync(await AuthenticateAsync(await app.CreateSignedInCookieAsync(await db.Users.AsNoTracking().SingleAsync()))));
    }

    [Fact]
    public async Task An_administrators_ends_when_the_role_is_taken_away_and_an_officers_does_not()
    {
        var (role, officer) = (new IdentityRole<Guid>(Roles.Administrator) { Id = Guid.NewGuid(), NormalizedName = "ADMINISTRATOR" }, person);
        await using var db = app.CreateDbContext();
        db.AddRange(role, new IdentityUserRole<Guid> { UserId = account.Id, RoleId = role.Id });
        await db.SaveChangesAsync();
        var administrator = await AuthenticateAsync(await app.CreateSignedInCookieAsync(account));
        var before = await HoldsAsync(administrator);
        await db.UserRoles.ExecuteDeleteAsync();

        Assert.True(administrator.IsInRole(Roles.Administrator));
        Assert.True(before);
        Assert.False(await HoldsAsync(administrator));
        Assert.True(await HoldsAsync(officer));
    }

    [Fact]
    public async Task It_ends_when_the_account_ends_all_sessions()
    {
        await ChangeAsync(row => row.SecurityStamp = "another");

        Assert.False(await HoldsAsync(person));
    }

    [Fact]
    public async Task It_ends_when_the_same_browser_signs_out_on_another_page()
    {
        var elsewhere = await AuthenticateAsync(await app.CreateSignedInCookieAsync(account));
        var ended = app.Services.GetRequiredService<EndedSessions>();

        await ended.AddAsync(person, CancellationToken.None);
        await ended.AddAsync(person, CancellationToken.None);

        Assert.False(await HoldsAsync(person));
        Assert.True(await HoldsAsync(elsewhere));
    }

    [Fact]
    public async Task It_ends_with_the_account()
    {
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteDeleteAsync();

        Assert.False(await HoldsAsync(person));
    }

    [Fact]
    public async Task Somebody_elses_account_changes_nothing()
    {
        var other = await app.AddAccountAsync("tan@agency.gov.sg");
        await using var db = app.CreateDbContext();
        await db.Users.Where(row => row.Id == other.Id).ExecuteDeleteAsync();

        Assert.True(await HoldsAsync(person));
    }

    private Task<bool> HoldsAsync(ClaimsPrincipal principal) =>
        app.Services.GetRequiredService<OpenSessions>().HoldsAsync(principal, CancellationToken.None);

    private async Task ChangeAsync(Action<Account> change)
    {
        await using var db = app.CreateDbContext();
        change(await db.Users.SingleAsync());
        await db.SaveChangesAsync();
    }

    /// <summary>The person as a page gets them: out of the cookie.</summary>
    private async Task<ClaimsPrincipal> AuthenticateAsync(string cookie)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Cookie = cookie;
        var result = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return result.Principal!;
    }
}
