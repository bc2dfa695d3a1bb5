using System.Security.Claims;

namespace PostmanDashboard.Accounts.Sessions;

/// <summary>
/// The session in whose name code runs now: a circuit's or a request's. It goes along with everything that is started there, also with
/// what ends later, so that <see cref="SessionGuard"/> knows whose command a write is. Null for programs with a key and for our own jobs.
/// </summary>
/// <param name="close">Lets the browser go. Null where there is no circuit.</param>
public sealed class ActingSession(ClaimsPrincipal person, Action? close = null)
{
    private static readonly AsyncLocal<ActingSession?> Acting = new();

    public static ActingSession? Current => Acting.Value;

    public ClaimsPrincipal Person => person;

    public Guid? Id { get; } = SessionCookie.IdOf(person);

    public async Task RunAsync(Func<Task> act)
    {
        Acting.Value = this;
        await act();
    }

    public async ValueTask<object?> RunAsync(Func<ValueTask<object?>> act)
    {
        Acting.Value = this;
        return await act();
    }

    /// <summary>Ends the circuit, if there is one: nothing more is sent to that browser, and nothing that it sends is heard.</summary>
    public void Close() => close?.Invoke();
}
