using System.Globalization;

namespace PostmanDashboard.Shell.Text;

/// <summary>Amounts as people read them.</summary>
public static class Words
{
    /// <summary><c>1 day</c>, <c>12 days</c></summary>
    public static string Count(int amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");

    /// <summary><c>1 byte</c>, <c>640 bytes</c>, <c>12 kB</c>, <c>3.4 MB</c></summary>
    public static string Bytes(long size) => size switch
    {
        < 1000 => Count((int)size, "byte"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1000} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1_000_000d:0.#} MB"),
    };

    /// <summary><c>1,204</c></summary>
    public static string Number(long amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
}
