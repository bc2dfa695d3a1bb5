using Microsoft.AspNetCore.Components;
using MudBlazor;
using PostmanDashboard.ApiKeys.Editing;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.ApiKeys.Panel;
using PostmanDashboard.ApiKeys.Pausing;
using PostmanDashboard.ApiKeys.Rotation.Guide;
using PostmanDashboard.Shell.Live;
using PostmanDashboard.Shell.Pages;

namespace PostmanDashboard.ApiKeys.Dialogs;

/// <summary>What a person does with a key, the same from every page: each asks in a dialog, and says what came of it.</summary>
public sealed class KeyDialogs(IDialogService dialogs, NavigationManager navigation, Drafts drafts, ApiKeyService keys)
{
    /// <summary>Opens the dialog again that was half filled in when the page went.</summary>
    /// <returns>Null where there was none, or it was cancelled now.</returns>
    public async Task<string?> ResumeAsync(ActingAccount account, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync<NewKeyDraft>(account.Id, NewKeyDraft.OfDialog) is { } draft)
        {
            return await GenerateAsync(account, draft);
        }

        if (await drafts.FindAsync<EditKeyDraft>(account.Id, EditKeyDraft.Name) is not { } edit)
        {
            return null;
        }

        if (await keys.FindAsync(account.Id, edit.KeyId, cancellationToken) is { } key)
        {
            return await EditAsync(account, key, edit);
        }

        await drafts.ForgetAsync(EditKeyDraft.Name);
        return $"{edit.Seen.Label} was deleted in the meantime, so what you changed wasn’t saved.";
    }

    /// <summary>What the page of a key begins with: the question of what to do about a leak, or the dialog that was half filled in.</summary>
    /// <returns>What to say. Null where there was nothing to begin with, or it was cancelled.</returns>
    public async Task<string?> BeginAsync(ActingAccount account, ApiKeySummary key, bool isLeaked)
    {
        if (isLeaked && key.Status is (ApiKeyStatus.Live or ApiKeyStatus.Expiring or ApiKeyStatus.Paused))
        {
            return await AskAboutLeakAsync(account, key);
        }

        var edit = await drafts.FindAsync<EditKeyDraft>(account.Id, EditKeyDraft.Name);
        return edit?.KeyId == key.Id ? await EditAsync(account, key, edit) : null;
    }

    /// <returns>What to say once the key was made and saved. Null when it was cancelled.</returns>
    public Task<string?> GenerateAsync(ActingAccount account) => GenerateAsync(account, draft: null);

    /// <returns>What to say; null when it was cancelled. So with the three below.</returns>
    public Task<string?> EditAsync(ActingAccount account, ApiKeySummary key) => EditAsync(account, key, draft: null);

    /// <summary>Pauses the key, or resumes one that is paused.</summary>
    public Task<string?> PauseAsync(ActingAccount account, ApiKeySummary key) => dialogs.AskAsync<PauseDialog, string>(new()
    {
        { dialog => dialog.AccountId, account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, account.Actor },
    });

    public Task<string?> DeleteAsync(ActingAccount account, ApiKeySummary key) => dialogs.AskAsync<DeleteKeyDialog, string>(new()
    {
        { dialog => dialog.AccountId, account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, account.Actor },
    });

    /// <summary>Either leads to the rotation, or asks whether to delete the key at once.</summary>
    public async Task<string?> AskAboutLeakAsync(ActingAccount account, ApiKeySummary key)
    {
        var way = await dialogs.AskAsync<LeakDialog, string>(new() { { dialog => dialog.AccountId, account.Id }, { dialog => dialog.ApiKey, key } });
        switch (way)
        {
            case LeakDialog.Replace:
                navigation.NavigateTo(PageRoutes.LeakedRotation(key.Id));
                return null;
            case LeakDialog.Delete:
                return await DeleteAsync(account, key);
            default:
                return null;
        }
    }

    /// <summary>Shows a new key once.</summary>
    public Task RevealAsync(ActingAccount account, ApiKeyToken token) => dialogs.ShowUntilDoneAsync<RevealKeyDialog>(new()
    {
        { dialog => dialog.Token, token },
        { dialog => dialog.AccountEmail, account.Email },
    });

    private Task<string?> EditAsync(ActingAccount account, ApiKeySummary key, EditKeyDraft? draft) => dialogs.AskAsync<EditKeyDialog, string>(new()
    {
        { dialog => dialog.AccountId, account.Id },
        { dialog => dialog.ApiKey, key },
        { dialog => dialog.Actor, account.Actor },
        { dialog => dialog.Draft, draft },
    });

    private async Task<string?> GenerateAsync(ActingAccount account, NewKeyDraft? draft)
    {
        var issued = await dialogs.AskAsync<GenerateKeyDialog, IssueApiKeyResult.Issued>(new()
        {
            { dialog => dialog.AccountId, account.Id },
            { dialog => dialog.AccountEmail, account.Email },
            { dialog => dialog.Actor, account.Actor },
            { dialog => dialog.Draft, draft },
        });
        if (issued is null)
        {
            return null;
        }

        await RevealAsync(account, issued.Token);
        return $"“{issued.Label}” is ready to use.";
    }
}
