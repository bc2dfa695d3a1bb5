namespace PostmanDashboard.Accounts.SignIn.Links;

/// <summary>What can come of asking for a sign-in link.</summary>
public abstract record MakeLinkResult
{
    private MakeLinkResult()
    {
    }

    /// <param name="Secret">Goes into the address that is printed, and nowhere else.</param>
    public sealed record Made(string Secret) : MakeLinkResult
    {
        public override string ToString() => nameof(Made);
    }

    public sealed record NotAnAddress : MakeLinkResult;

    public sealed record NotAnAdministrator : MakeLinkResult;

    /// <summary>The account is disabled, so nobody may sign in to it.</summary>
    public sealed record Disabled : MakeLinkResult;
}
