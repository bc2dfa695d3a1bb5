using System.Globalization;

namespace PostmanDashboard.Shell.Text;

/// <summary>Amounts as people read them.</summary>
public static class Quantity
{
    /// <summary><c>1 day</c>, <c>12 days</c></summary>
    public static string Format(int amount, string unit) => Format(amount, unit, $"{unit}s");

    /// <summary><c>1 address</c>, <c>12 addresses</c></summary>
    public static string Format(int amount, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount} {(amount == 1 ? one : many)}");

    /// <summary><c>1,204</c></summary>
    public static string FormatNumber(long amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
}
