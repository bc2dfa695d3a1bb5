namespace PostmanDashboard.Shell.Text;

/// <summary>The digits of what we make at random, in their order: letters and numbers alone, so that one double-click selects it all.</summary>
internal static class Base62
{
    public const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
}
