using Microsoft.AspNetCore.Components;

namespace PostmanDashboard.Shell.Live;

/// <summary>Stands in a form and keeps what is typed there (<see cref="Drafts"/>), until the form is sent, cancelled or left.</summary>
/// <typeparam name="T">What the form holds, as a record: it is kept whenever it isn't equal to what it was before.</typeparam>
public sealed class KeptDraft<T>(Drafts drafts) : ComponentBase, IAsyncDisposable
    where T : class
{
    private T? kept;

    [Parameter, EditorRequired]
    public required Guid AccountId { get; set; }

    /// <summary>Names the form, and what it is about.</summary>
    [Parameter, EditorRequired]
    public required string Form { get; set; }

    [Parameter, EditorRequired]
    public required T Draft { get; set; }

    /// <summary>Where the browser is gone already, it keeps what was typed: it is why there are drafts. The page that the server sends first
    /// has no browser to ask.</summary>
    public async ValueTask DisposeAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await drafts.ForgetAsync(Form);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        // As it was when the form opened, it is nothing that somebody typed.
        var (before, isFirst) = (kept, kept is null);
        kept = Draft;
        if (!isFirst && !Draft.Equals(before))
        {
            await drafts.KeepAsync(AccountId, Form, Draft);
        }
    }
}
