using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PostmanDashboard.Messages.Attachments;

/// <summary>Looks into the ZIP archives that office documents are: what they say that they are, and whether they bring programs along.</summary>
internal static class OfficeArchive
{
    /// <summary>More than any document has; each takes up memory before anything is known of it.</summary>
    public const int MaxEntries = 4_000;

    /// <summary>Of the list of parts, unpacked: 250 for each of as many as there may be. In bytes.</summary>
    private const int MaxLength = 1_000_000;

    private static readonly XmlReaderSettings Harmless =
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength };

    /// <summary>Words in the media types of parts that run: macros under whatever name, and ActiveX.</summary>
    private static readonly string[] Programs = ["macro", "vbaproject", "vbadata", "activex"];

    /// <summary>Word, Excel and PowerPoint (ECMA-376): a list of all parts with their media types.</summary>
    /// <returns><paramref name="mediaType"/>, or null when it is something else or has macros.</returns>
    public static string? RecogniseOpenXml(byte[] content, string mediaType) => Recognise(content, mediaType, archive =>
    {
        var types = ReadContentTypes(archive);
        return types.Contains($"{mediaType}.main+xml")
            && !types.Any(type => Programs.Any(program => type.Contains(program, StringComparison.OrdinalIgnoreCase)))
            && !archive.Entries.Any(entry => entry.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
    });

    /// <summary>LibreOffice and its kind (ISO/IEC 26300): a first file that holds nothing but the media type.</summary>
    /// <returns><paramref name="mediaType"/>, or null when it is something else or has macros.</returns>
    public static string? RecogniseOpenDocument(byte[] content, string mediaType) => Recognise(content, mediaType, archive =>
        archive.Entries is [{ FullName: "mimetype" } first, ..]
        && Encoding.ASCII.GetString(Read(first)) == mediaType
        && !archive.Entries.Any(entry => entry.FullName.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
            || entry.FullName.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase)));

    private static string? Recognise(byte[] content, string mediaType, Func<ZipArchive, bool> isOne)
    {
        try
        {
            if (!content.AsSpan().StartsWith("PK\x3\x4"u8) || CountEntries(content) > MaxEntries)
            {
                return null;
            }

            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return isOne(archive) ? mediaType : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>As the record at the end of the archive says, which is compared with the truth later.</summary>
    private static int CountEntries(ReadOnlySpan<byte> content)
    {
        var end = content.LastIndexOf("PK\x5\x6"u8);
        return end >= 0 && content.Length >= end + 12 ? BitConverter.ToUInt16(content[(end + 10)..]) : int.MaxValue;
    }

    /// <remarks>There is one list (ISO/IEC 29500-2: names differ by more than case). Several could say this to us and that to
    /// Word, and each takes time.</remarks>
    private static HashSet<string> ReadContentTypes(ZipArchive archive)
    {
        // Each type once, however many parts are of it.
        var types = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lists = archive.Entries.Where(entry => entry.FullName.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        if (lists is not [var only])
        {
            return types;
        }

        using var reader = XmlReader.Create(new MemoryStream(Read(only)), Harmless);
        for (var parts = 0; reader.Read();)
        {
            if (reader.GetAttribute("ContentType") is not { } type)
            {
                continue;
            }

            types.Add(type);
            if (++parts > MaxEntries)
            {
                throw new InvalidDataException("A list of more parts than any document has.");
            }
        }

        return types;
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var unpacked = entry.Open();
        var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = unpacked.Read(buffer)) > 0;)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > MaxLength)
            {
                throw new InvalidDataException("A list of parts as long as no document has one.");
            }
        }

        return kept.ToArray();
    }
}
