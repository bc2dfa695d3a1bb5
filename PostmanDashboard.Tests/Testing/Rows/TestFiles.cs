using System.IO.Compression;
using System.Text;

namespace PostmanDashboard.Tests.Testing.Rows;

/// <summary>Files as people attach them, as small as they can be.</summary>
internal static class TestFiles
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument";

    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] Docx { get; } = OfficeOf($"{OpenXml}.wordprocessingml.document.main+xml");

    public static byte[] Xlsx { get; } = OfficeOf($"{OpenXml}.spreadsheetml.sheet.main+xml");

    public static byte[] Pptx { get; } = OfficeOf($"{OpenXml}.presentationml.presentation.main+xml");

    /// <summary>A document that carries a program, under the name that Word gives it.</summary>
    public static byte[] DocxWithMacros { get; } = Zip(
        ("[Content_Types].xml", ContentTypes($"{OpenXml}.wordprocessingml.document.main+xml")), ("word/vbaProject.bin", "program"));

    /// <summary>The same under another name: Word goes by the type.</summary>
    public static byte[] DocxWithHiddenMacros { get; } = Zip(
        ("[Content_Types].xml", ContentTypes($"{OpenXml}.wordprocessingml.document.main+xml", "application/vnd.ms-office.vbaProject")),
            ("word/picture.bin", "program"));

    /// <summary>A spreadsheet whose formulas are a program, as Excel wrote them in 1992.</summary>
    public static byte[] XlsxWithOldMacros { get; } = OfficeOf($"{OpenXml}.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.macrosheet+xml");

    /// <summary>A document with macros that was renamed to one without.</summary>
    public static byte[] Docm { get; } = OfficeOf("application/vnd.ms-word.document.macroEnabled.main+xml");

    public static byte[] OpenDocument(string kind, string more = "content.xml") =>
        Zip(("mimetype", $"application/vnd.oasis.opendocument.{kind}"), (more, "<office/>"));

    public static byte[] OfficeOf(params string[] types) => Zip(("[Content_Types].xml", ContentTypes(types)), ("_rels/.rels", "<Relationships/>"));

    public static byte[] Zip(params (string Name, string Text)[] files)
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var file = archive.CreateEntry(name).Open();
                file.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return packed.ToArray();
    }

    private static string ContentTypes(params string[] types) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + string.Concat(types.Select((type, number) => $"<Override PartName=\"/part{number}.xml\" ContentType=\"{type}\"/>")) + "</Types>";
}
