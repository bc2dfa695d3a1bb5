using System.Globalization;

namespace PostmanDashboard.Admin;

internal static class Words
{
    /// <summary><c>1 late reminder</c>, <c>12 late reminders</c></summary>
    public static string Count(int amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");
}
