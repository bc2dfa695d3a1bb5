namespace PostmanDashboard.Shell.Security;

/// <summary>The names under which pages and endpoints say who may come in.</summary>
public static class Policies
{
    /// <summary>Someone who signed in on the dashboard. A key is nobody here.</summary>
    public const string SignedIn = "Signed in";

    public const string Administrators = "Administrators";
}
