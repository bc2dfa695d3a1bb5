using System.Data.Common;
using Microsoft.AspNetCore.SignalR;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

/// <summary>
/// Stands before everything that a browser sends to its circuit: clicks, keys, answers of scripts, acknowledgements, and the changes of
/// root components with which a client of its own would put back what it isn't shown. Whatever comes once the session has ended isn't
/// heard, and the connection is closed.
/// </summary>
internal sealed class CircuitGate(OpenSessions sessions, OpenCircuits circuits, ILogger<CircuitGate> logger) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var session = new ActingSession(context.Context.User!, context.Context.Abort);
        context.Context.Items[typeof(ActingSession)] = session;
        circuits.Add(session);
        await session.RunAsync(() => next(context));
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (Of(context.Context) is { } session)
        {
            circuits.Remove(session);
        }

        return next(context, exception);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var session = Of(invocationContext.Context)!;
        if (await HoldsAsync(session, invocationContext.Context.ConnectionAborted))
        {
            return await session.RunAsync(() => next(invocationContext));
        }

        session.Close();
        return null;
    }

    private static ActingSession? Of(HubCallerContext connection) => connection.Items[typeof(ActingSession)] as ActingSession;

    private async Task<bool> HoldsAsync(ActingSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.HoldsAsync(session.Person, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The browser is gone.
            return false;
        }
        catch (DbException failure)
        {
            // A database that is away for a moment ends nobody's session. Nothing is read or written meanwhile either.
            logger.LogWarning(failure, "Could not check whether a session is still valid");
            return true;
        }
    }
}
