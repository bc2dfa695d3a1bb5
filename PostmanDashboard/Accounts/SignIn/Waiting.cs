using System.Globalization;

namespace PostmanDashboard.Accounts.SignIn;

/// <summary>How long a person has to wait, in words.</summary>
internal static class Waiting
{
    /// <summary><c>12 seconds</c>, <c>1 minute</c>, <c>25 minutes</c>; rounded up, so that who waits so long has waited long enough.</summary>
    public static string InWords(TimeSpan length) => length < TimeSpan.FromSeconds(90)
        ? Count(Math.Ceiling(length.TotalSeconds), "second")
        : Count(Math.Ceiling(length.TotalMinutes), "minute");

    private static string Count(double amount, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, amount):0} {unit}{(amount <= 1 ? "" : "s")}");
}
