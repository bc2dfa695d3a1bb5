using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

/// <summary>
/// Keeps a circuit to the session that opened it. A browser comes back to its circuit after a lost connection, also when someone signed
/// out and in meanwhile: what the circuit shows, and who its commands speak for, is still the first one.
/// </summary>
internal sealed class CircuitOwner : CircuitHandler
{
    private Guid? owner;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsOwners();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity => IsOwners() ? next(activity) : Task.CompletedTask;

    /// <summary>Whether what happens now came through <see cref="CircuitGate"/> and for the session that opened the circuit. Lets
    /// the browser go if not.</summary>
    private bool IsOwners()
    {
        var acting = ActingSession.Current;
        owner ??= acting?.Id;
        if (owner is not null && acting?.Id == owner)
        {
            return true;
        }

        acting?.Close();
        return false;
    }
}
