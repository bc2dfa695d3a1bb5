using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Accounts.Sessions.Circuits;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.Sessions;

/// <summary>A page that stays open learns that its session has ended.</summary>
public sealed class OpenSessionsTests : AsyncLifetime, IDisposable
{
    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private int asked;
    private Account account = null!;
    private ClaimsPrincipal person = null!;

    public OpenSessionsTests() => app = new DashboardApplication { Logs = logs };

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        person = await AuthenticateAsync(await app.CreateSignedInCookieAsync(account));
    }

    public void Dispose()
    {
        app.Dispose();
        logs.Dispose();
    }

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
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE AspNetUsers SET DisabledAt = unixepoch() * 10000000 + 621355968000000000 WHERE NormalizedEmail = 'MEI@AGENCY.GOV.SG'");
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = NULL WHERE NormalizedEmail = 'MEI@AGENCY.GOV.SG'");

        Assert.False(await HoldsAsync(person));
        Assert.True(await HoldsAsync(await AuthenticateAsync(await app.CreateSignedInCookieAsync(await db.Users.AsNoTracking().SingleAsync()))));
    }

    [Fact]
    public async Task Enabling_an_account_brings_no_session_back_that_is_from_before_disabling_ended_them()
    {
        await using var db = app.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = 1");
        await using var scope = app.Services.CreateAsyncScope();
        var factory = scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>();
        // As if nothing had given the account another stamp when it was disabled.
        var old = await factory.CreateAsync(await db.Users.AsNoTracking().SingleAsync());
        old.Identities.Single().AddClaim(new Claim("session_id", $"{Guid.NewGuid()}"));

        await db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET DisabledAt = NULL");

        Assert.False(await HoldsAsync(old));
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

    [Fact]
    public async Task Of_many_sessions_at_once_those_that_ended_are_found_by_as_few_questions_as_of_one()
    {
        var (sessions, open) = (app.Services.GetRequiredService<OpenSessions>(), new List<ActingSession>());
        for (var number = 0; number < 20; number++)
        {
            open.Add(new ActingSession(await AuthenticateAsync(await app.CreateSignedInCookieAsync(account))));
        }

        await app.Services.GetRequiredService<EndedSessions>().AddAsync(open[7].Person, CancellationToken.None);
        _ = QuestionsAsked();
        Assert.Empty(await sessions.FindEndedAsync([open[0]], CancellationToken.None));
        var forOne = QuestionsAsked();
        var ended = await sessions.FindEndedAsync(open, CancellationToken.None);

        Assert.Same(open[7], Assert.Single(ended));
        Assert.Equal(forOne, QuestionsAsked());
    }

    [Fact]
    public async Task A_tab_that_knows_of_a_role_ends_with_it_also_next_to_one_of_its_session_that_does_not()
    {
        var (circuits, closed) = (app.Services.GetRequiredService<OpenCircuits>(), new List<string>());
        circuits.Add(new ActingSession(person, () => closed.Add("officer")));
        circuits.Add(new ActingSession(
            new ClaimsPrincipal([.. person.Identities, new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Administrator)])]), () =>
                closed.Add("administrator")));

        await app.Services.GetServices<IHostedService>().OfType<CircuitWatch>().Single().LookAsync(CancellationToken.None);

        Assert.Equal(["administrator"], closed);
    }

    [Fact]
    public async Task The_circuits_of_a_session_that_was_ended_by_hand_are_closed_within_a_second()
    {
        var closed = new TaskCompletionSource();
        app.Services.GetRequiredService<OpenCircuits>().Add(new ActingSession(person, closed.SetResult));
        await ChangeAsync(row => row.DisabledAt = app.Clock.GetUtcNow());

        app.Clock.Advance(TimeSpan.FromSeconds(1));

        await closed.Task.InTimeAsync();
    }

    [Fact]
    public void A_circuit_speaks_with_whoever_opened_it_also_when_another_person_comes_back_to_it()
    {
        using var circuit = app.Services.CreateScope();
        var people = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var framework = Assert.IsType<IHostEnvironmentAuthenticationStateProvider>(people, exactMatch: false);
        var opener = Task.FromResult(new AuthenticationState(person));
        framework.SetAuthenticationState(opener);
        people.AuthenticationStateChanged += _ => Assert.Fail("Nobody is to be told of another person.");

        framework.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity("another")))));

        Assert.Same(opener, people.GetAuthenticationStateAsync());
    }

    [Fact]
    public async Task A_circuit_hears_the_session_that_opened_it_and_no_other_of_the_same_account()
    {
        var (circuit, heard, isClosed) = (new CircuitOwner(), 0, false);
        var listen = circuit.CreateInboundActivityHandler(_ => Task.FromResult(heard++));
        var opener = new ActingSession(person);
        var another = new ActingSession(await AuthenticateAsync(await app.CreateSignedInCookieAsync(account)), () => isClosed = true);
        await opener.RunAsync(() => circuit.OnConnectionUpAsync(null!, CancellationToken.None));
        await opener.RunAsync(() => listen(null!));

        await another.RunAsync(() => circuit.OnConnectionUpAsync(null!, CancellationToken.None));
        await another.RunAsync(() => listen(null!));
        await listen(null!);

        Assert.True(isClosed);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task What_a_browser_reads_slowly_stops_when_the_session_ends()
    {
        var sessions = app.Services.GetRequiredService<OpenSessions>();
        await using var rows = sessions.WhileHoldsAsync(person, Enumerable.Range(0, 10_000).ToAsyncEnumerable(), CancellationToken.None).GetAsyncEnumerator();
        for (var row = 0; row < 250; row++)
        {
            Assert.True(await rows.MoveNextAsync());
        }

        await app.Services.GetRequiredService<EndedSessions>().AddAsync(person, CancellationToken.None);

        await Assert.ThrowsAsync<SessionEndedException>(async () =>
        {
            while (await rows.MoveNextAsync())
            {
                Assert.InRange(rows.Current, 0, 400);
            }
        });
    }

    [Fact]
    public async Task Whoever_did_not_come_with_a_cookie_has_no_session()
    {
        Assert.False(await HoldsAsync(new ClaimsPrincipal(new ClaimsIdentity())));
    }

    /// <summary>Asked alone and among all, which has to come to the same.</summary>
    private async Task<bool> HoldsAsync(ClaimsPrincipal principal)
    {
        var sessions = app.Services.GetRequiredService<OpenSessions>();
        var holds = await sessions.HoldsAsync(principal, CancellationToken.None);
        var ended = await sessions.FindEndedAsync([new ActingSession(principal)], CancellationToken.None);
        Assert.Equal(holds, ended.Count == 0);
        return holds;
    }

    /// <returns>Since the last time.</returns>
    private int QuestionsAsked()
    {
        var all = logs.Text.Split("Executed DbCommand").Length - 1;
        var since = all - asked;
        asked = all;
        return since;
    }

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
