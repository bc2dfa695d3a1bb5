using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace PostmanDashboard.Shell.Live;

/// <summary>Opens dialogs the way all of ours open: no wider than a screen of text, and never lost by a click beside them.</summary>
public static class DashboardDialogs
{
    /// <returns>What the dialog was closed with; null when it was cancelled.</returns>
    public static async Task<TResult?> AskAsync<TDialog, TResult>(this IDialogService dialogs, DialogParameters<TDialog> parameters)
        where TDialog : IComponent
        where TResult : class
    {
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false, CloseOnEscapeKey = true };
        var dialog = await dialogs.ShowAsync<TDialog>(null, parameters, options);
        return (await dialog.Result) is { Canceled: false, Data: TResult result } ? result : null;
    }

    /// <summary>A dialog that closes by its own button and in no other way.</summary>
    public static async Task ShowUntilDoneAsync<TDialog>(this IDialogService dialogs, DialogParameters<TDialog> parameters)
        where TDialog : IComponent
    {
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false, CloseOnEscapeKey = false };
        var dialog = await dialogs.ShowAsync<TDialog>(null, parameters, options);
        await dialog.Result;
    }
}
