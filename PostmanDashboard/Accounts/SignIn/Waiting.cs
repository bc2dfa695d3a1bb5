using PostmanDashboard.Shell.Text;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>How long a person has to wait, in words.</summary>
internal static class Waiting
{
    /// <summary><c>12 seconds</c>, <c>1 minute</c>, <c>25 minutes</c>; rounded up, so that who waits so long has waited long enough.</summary>
    public static string InWords(TimeSpan length) => length < TimeSpan.FromSeconds(90)
        ? Quantity.Format(Math.Max(1, (int)Math.Ceiling(length.TotalSeconds)), "second")
        : Quantity.Format((int)Math.Ceiling(length.TotalMinutes), "minute");
}
