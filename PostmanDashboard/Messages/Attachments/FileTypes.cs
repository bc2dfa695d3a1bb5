namespace PostmanDashboard.Messages.Attachments;

/// <summary>The types of files that may go with a message: each is known by its name and recognised by its content.</summary>
/// <remarks>A table of our own: the libraries that sniff types are betas from years ago, and don't look into archives for macros.</remarks>
internal static class FileTypes
{
    private static readonly Dictionary<string, Func<byte[], string?>> Recognised = new(StringComparer.Ordinal)
    {
        [".asc"] = content => PlainText.Recognise(content, "text/plain"),
        [".avi"] = content => Starts(content, "RIFF"u8) && Has(content, 8, "AVI "u8) ? "video/x-msvideo" : null,
        [".bmp"] = content => Starts(content, "BM"u8) && Has(content, 6, [0, 0, 0, 0]) && Has(content, 15, [0, 0, 0]) ? "image/bmp" : null,
        [".csv"] = content => PlainText.Recognise(content, "text/csv"),
        [".dgn"] = content => DrawingFiles.IsDgn(content) ? "image/vnd.dgn" : null,
        [".docx"] = content => OfficeArchive.RecogniseOpenXml(content, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        [".dwf"] = content => Starts(content, "(DWF V"u8) ? "model/vnd.dwf" : null,
        [".dwg"] = content => Starts(content, "AC10"u8) && content.Length > 6 && char.IsAsciiDigit((char)content[4]) ? "image/vnd.dwg" : null,
        [".dxf"] = content => DrawingFiles.IsDxf(content) ? "image/vnd.dxf" : null,
        [".gif"] = content => Starts(content, "GIF87a"u8) || Starts(content, "GIF89a"u8) ? "image/gif" : null,
        [".ics"] = content => PlainText.Recognise(content, "text/calendar", "BEGIN:VCALENDAR"),
        [".jpeg"] = Jpeg,
        [".jpg"] = Jpeg,
        [".mp4"] = content => Has(content, 4, "ftyp"u8) ? "video/mp4" : null,
        [".mpeg"] = Mpeg,
        [".mpg"] = Mpeg,
        [".odb"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.base")
            ?? OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.database"),
        [".odf"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.formula"),
        [".odg"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.graphics"),
        [".odp"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.presentation"),
        [".ods"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.spreadsheet"),
        [".odt"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.oasis.opendocument.text"),
        [".pdf"] = content => IsPdf(content) ? "application/pdf" : null,
        [".png"] = content => Starts(content, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png" : null,
        [".pptx"] = content => OfficeArchive.RecogniseOpenXml(content, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        [".rtf"] = content => Starts(content, "{\\rtf1"u8) ? "application/rtf" : null,
        [".sxc"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.sun.xml.calc"),
        [".sxd"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.sun.xml.draw"),
        [".sxi"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.sun.xml.impress"),
        [".sxw"] = content => OfficeArchive.RecogniseOpenDocument(content, "application/vnd.sun.xml.writer"),
        [".tif"] = Tiff,
        [".tiff"] = Tiff,
        [".txt"] = content => PlainText.Recognise(content, "text/plain"),
        [".wmv"] = content => Starts(content, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C])
            ? "video/x-ms-wmv" : null,
        [".xlsx"] = content => OfficeArchive.RecogniseOpenXml(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    };

    /// <summary>For people: <c>asc, avi, bmp, …</c></summary>
    public static string Allowed { get; } = string.Join(", ", Recognised.Keys.Select(extension => extension[1..]));

    public static bool Allows(string fileName) => Recognised.ContainsKey(FileName.ExtensionOf(fileName));

    /// <returns>The media type on which name and content agree. Null when they don't, or when the type isn't allowed.</returns>
    public static string? Recognise(string fileName, byte[] content) =>
        Recognised.TryGetValue(FileName.ExtensionOf(fileName), out var recognise) ? recognise(content) : null;

    private static string? Jpeg(byte[] content) => Starts(content, [0xFF, 0xD8, 0xFF]) ? "image/jpeg" : null;

    private static string? Mpeg(byte[] content) => Starts(content, [0, 0, 1, 0xBA]) || Starts(content, [0, 0, 1, 0xB3]) ? "video/mpeg" : null;

    private static string? Tiff(byte[] content) => Starts(content, "II*\0"u8) || Starts(content, "MM\0*"u8) ? "image/tiff" : null;

    /// <remarks>As readers do (ISO 32000-1, annex H, note 13): mail gateways and scanners write a few lines in front.</remarks>
    private static bool IsPdf(byte[] content) => content.AsSpan(0, Math.Min(content.Length, 1024)).IndexOf("%PDF-"u8) >= 0;

    private static bool Starts(byte[] content, ReadOnlySpan<byte> with) => Has(content, 0, with);

    private static bool Has(byte[] content, int at, ReadOnlySpan<byte> what) => content.Length >= at && content.AsSpan(at).StartsWith(what);
}
