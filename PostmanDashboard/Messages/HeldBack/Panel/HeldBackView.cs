namespace PostmanDashboard.Messages.HeldBack.Panel;

/// <summary>What someone looks at in the list of held-back addresses: a search, and one of its pages.</summary>
internal sealed class HeldBackView
{
    /// <summary>Where the pages begin that were left for an older one.</summary>
    private readonly Stack<HeldPosition?> left = [];

    public string? SearchText { get; private set; }

    /// <summary>The last address of the page before. Null on the first page.</summary>
    public HeldPosition? After { get; private set; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(SearchText);

    public bool HasNewer => left.Count > 0;

    public void Find(string? text)
    {
        (SearchText, After) = (text, null);
        left.Clear();
    }

    public void GoToOlder(HeldAddressLine last)
    {
        left.Push(After);
        After = new HeldPosition(last.Since, last.Id);
    }

    public void GoToNewer() => After = left.Pop();
}
