using System.Globalization;

namespace PostmanDashboard.Shell.Text;

/// <summary>Amounts as people read them.</summary>
public static class Quantity
{
    /// <summary><c>1 day</c>, <c>12 days</c></summary>
    public static string Format(int amount, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");

    /// <summary><c>1,204</c></summary>
    public static string FormatNumber(long amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
}
