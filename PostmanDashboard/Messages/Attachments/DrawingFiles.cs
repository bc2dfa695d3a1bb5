using System.Text;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Recognises engineering drawings by their first bytes.</summary>
internal static class DrawingFiles
{
    /// <summary>Enough for the comments that programs put in front.</summary>
    private const int LookedAt = 4096;

    /// <summary>MicroStation's, version 7: a header of type 9 for two or three dimensions. Version 8 is an OLE archive, which may hold programs.</summary>
    public static bool IsDgn(ReadOnlySpan<byte> content) =>
        content.StartsWith((byte[])[0x08, 0x09, 0xFE, 0x02]) || content.StartsWith((byte[])[0xC8, 0x09, 0xFE, 0x02]);

    /// <summary>AutoCAD's exchange format: pairs of a number and a value, a line each. After comments (999) the first opens a section (0).</summary>
    public static bool IsDxf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("AutoCAD Binary DXF\r\n\x1A\0"u8))
        {
            return true;
        }

        // Its text is ASCII where this looks, whatever comes later.
        using var lines = new StringReader(Encoding.Latin1.GetString(content[..Math.Min(content.Length, LookedAt)]));
        for (var number = lines.ReadLine()?.Trim(); number is not null; number = lines.ReadLine()?.Trim())
        {
            var value = lines.ReadLine()?.Trim();
            if (number != "999")
            {
                return number == "0" && value == "SECTION";
            }
        }

        return false;
    }
}
