using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.JSInterop;

namespace PostmanDashboard.Shell.Live;

/// <summary>
/// What somebody has typed into a form and not sent yet. It is kept in the session storage of their browser's tab, encrypted by the server,
/// so that neither a restart of the server nor the end of a session costs it. Never for a token.
/// </summary>
/// <remarks>What one account typed, another one that signs in to the same tab doesn't get: the account is part of the encryption's purpose.</remarks>
public sealed class Drafts(ProtectedSessionStorage storage)
{
    /// <param name="form">Names the form, and what it is about.</param>
    public async Task KeepAsync<T>(Guid accountId, string form, T draft)
        where T : notnull => await IgnoringLostBrowserAsync(async () => await storage.SetAsync(PurposeOf(accountId), form, draft));

    /// <returns>Null where there is none, or one of another account, or of another version of the form.</returns>
    public async Task<T?> FindAsync<T>(Guid accountId, string form)
        where T : class
    {
        T? found = null;
        await IgnoringLostBrowserAsync(async () =>
        {
            try
            {
                found = (await storage.GetAsync<T>(PurposeOf(accountId), form)).Value;
            }
            catch (Exception failure) when (failure is CryptographicException or JsonException or FormatException)
            {
                await storage.DeleteAsync(form);
            }
        });
        return found;
    }

    public Task ForgetAsync(string form) => IgnoringLostBrowserAsync(async () => await storage.DeleteAsync(form));

    /// <summary>A draft is an extra: a browser that has gone, or that keeps nothing, gets none.</summary>
    private static async Task IgnoringLostBrowserAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception failure) when (failure is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // Gone.
        }
    }

    private static string PurposeOf(Guid accountId) => $"Draft of {accountId}";
}
