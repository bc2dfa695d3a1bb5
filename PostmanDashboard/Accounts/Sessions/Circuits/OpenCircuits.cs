using System.Collections.Concurrent;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

/// <summary>The circuits of this process by their sessions, so that one that ends takes its circuits with it.</summary>
public sealed class OpenCircuits
{
    private readonly ConcurrentDictionary<ActingSession, bool> open = [];

    /// <summary>Those that are open at this moment.</summary>
    public IReadOnlyCollection<ActingSession> All => [.. open.Keys];

    public void Add(ActingSession session) => open.TryAdd(session, true);

    public void Remove(ActingSession session) => open.TryRemove(session, out _);

    /// <summary>Ends every circuit of a session: each tab has one.</summary>
    public void Close(Guid sessionId)
    {
        foreach (var session in All.Where(session => session.Id == sessionId))
        {
            session.Close();
        }
    }
}
