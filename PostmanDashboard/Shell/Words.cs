using System.Globalization;

namespace PostmanDashboard.Shell;

/// <summary>Amounts as people read them.</summary>
public static class Words
{
    /// <summary><c>1 day</c>, <c>12 days</c></summary>
    public static string Count(int amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");
}
