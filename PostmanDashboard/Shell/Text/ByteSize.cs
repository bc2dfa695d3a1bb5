using System.Globalization;

namespace PostmanDashboard.Shell.Text;

/// <summary>Sizes of files and bodies as people read them.</summary>
public static class ByteSize
{
    /// <summary><c>1 byte</c>, <c>640 bytes</c>, <c>12 kB</c>, <c>3.4 MB</c></summary>
    public static string Format(long size) => size switch
    {
        < 1000 => Quantity.Format((int)size, "byte"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{size / 1000} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{size / 1_000_000d:0.#} MB"),
    };
}
