using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace PostmanDashboard.Accounts.Sessions.Circuits;

/// <summary>
/// Who a circuit speaks with: the person who opened it, for as long as it lives. The framework puts in their place whoever comes back to it,
/// and what the page then loads for the one would wait there for the other.
/// </summary>
internal sealed class CircuitUser : ServerAuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider
{
    private bool isKnown;

    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        if (!isKnown)
        {
            isKnown = true;
            SetAuthenticationState(authenticationStateTask);
        }
    }
}
