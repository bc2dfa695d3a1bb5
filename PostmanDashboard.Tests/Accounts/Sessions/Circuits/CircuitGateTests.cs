using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PostmanDashboard.Accounts;
using PostmanDashboard.Accounts.Sessions;
using PostmanDashboard.Accounts.Sessions.Circuits;
using PostmanDashboard.Data;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.Sessions.Circuits;

/// <summary>What of that which a browser sends to its circuit is heard.</summary>
public sealed class CircuitGateTests : AsyncLifetime, IDisposable
{
    private readonly DashboardApplication app = new();
    private readonly CircuitHub hub = new();
    private CircuitConnection connection = null!;
    private int heard;

    public override async Task InitializeAsync()
    {
        var account = await app.AddAccountAsync("mei@agency.gov.sg");
        await using var scope = app.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        person.Identities.Single().AddClaim(new Claim("session_id", $"{Guid.NewGuid()}"));
        connection = new CircuitConnection(person);
    }

    public void Dispose()
    {
        hub.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task Nothing_that_a_browser_sends_to_its_circuit_is_heard_once_the_session_has_ended()
    {
        var gate = app.Services.GetRequiredService<CircuitGate>();
        await ConnectAsync(gate);
        await SendAsync(gate);
        await using var db = app.CreateDbContext();
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, app.Clock.GetUtcNow()));

        await SendAsync(gate);

        Assert.Equal(1, heard);
        Assert.True(connection.IsClosed);
    }

    [Fact]
    public async Task While_the_database_is_away_a_session_goes_on()
    {
        var gate = FailingWith(new SqliteException("database is locked", 5));
        await ConnectAsync(gate);

        await SendAsync(gate);

        Assert.Equal(1, heard);
        Assert.False(connection.IsClosed);
    }

    [Fact]
    public async Task Where_nobody_knows_why_a_session_cant_be_looked_up_nothing_is_heard()
    {
        var gate = FailingWith(new InvalidOperationException("a bug"));
        await ConnectAsync(gate);

        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(gate));

        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task What_comes_last_from_a_browser_that_is_gone_is_not_heard()
    {
        var gate = FailingWith(new OperationCanceledException());
        await ConnectAsync(gate);

        await SendAsync(gate);

        Assert.Equal(0, heard);
    }

    private CircuitGate FailingWith(Exception failure) => new(
        new OpenSessions(new FailingDatabases(failure), app.Services.GetRequiredService<SessionRule>()), new OpenCircuits(), NullLogger<CircuitGate>.Instance);

    private Task ConnectAsync(CircuitGate gate) =>
        gate.OnConnectedAsync(new HubLifetimeContext(connection, app.Services, hub), _ => Task.CompletedTask);

    private async Task SendAsync(CircuitGate gate)
    {
        var call = new HubInvocationContext(connection, app.Services, hub, typeof(object).GetMethod(nameof(ToString))!, []);
        await gate.InvokeMethodAsync(call, _ => ValueTask.FromResult<object?>(++heard));
    }

    private sealed class FailingDatabases(Exception failure) : IDbContextFactory<DashboardDbContext>
    {
        public DashboardDbContext CreateDbContext() => throw failure;
    }

    private sealed class CircuitHub : Hub;

    private sealed class CircuitConnection(ClaimsPrincipal person) : HubCallerContext
    {
        public bool IsClosed { get; private set; }

        public override string ConnectionId => "circuit";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => person;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => IsClosed = true;
    }
}
