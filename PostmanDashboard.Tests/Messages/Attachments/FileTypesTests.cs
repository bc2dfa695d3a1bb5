using System.Text;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages.Attachments;

public sealed class FileTypesTests
{
    [Fact]
    public void Files_are_what_name_and_content_agree_on()
    {
        Assert.Equal("application/pdf", FileTypes.Recognise("letter.PDF", TestFiles.Pdf));
        Assert.Equal("image/png", FileTypes.Recognise("chart.png", TestFiles.Png));
        Assert.Equal("image/jpeg", FileTypes.Recognise("photo.jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0]));
        Assert.Equal("image/gif", FileTypes.Recognise("old.gif", "GIF89a\u0001\0"u8.ToArray()));
        Assert.Equal("image/bmp", FileTypes.Recognise("old.bmp", [(byte)'B', (byte)'M', 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0]));
        Assert.Equal("image/tiff", FileTypes.Recognise("scan.tif", "II*\0\u0008\0\0\0"u8.ToArray()));
        Assert.Equal("video/mp4", FileTypes.Recognise("film.mp4", "\0\0\0\u0018ftypmp42"u8.ToArray()));
        Assert.Equal("application/rtf", FileTypes.Recognise("letter.rtf", "{\\rtf1\\ansi Hello}"u8.ToArray()));
    }

    [Fact]
    public void Office_documents_are_told_apart()
    {
        var files = new Dictionary<string, byte[]>
        {
            ["a.docx"] = TestFiles.Docx,
            ["a.xlsx"] = TestFiles.Xlsx,
            ["a.pptx"] = TestFiles.Pptx,
            ["a.odt"] = TestFiles.OpenDocument("text"),
            ["a.ods"] = TestFiles.OpenDocument("spreadsheet"),
            ["a.odp"] = TestFiles.OpenDocument("presentation"),
            ["a.odg"] = TestFiles.OpenDocument("graphics"),
            ["a.odb"] = TestFiles.OpenDocument("base"),
            ["a.odf"] = TestFiles.OpenDocument("formula"),
            ["a.sxw"] = TestFiles.Zip(("mimetype", "application/vnd.sun.xml.writer"), ("content.xml", "<office/>")),
            ["a.sxc"] = TestFiles.Zip(("mimetype", "application/vnd.sun.xml.calc"), ("content.xml", "<office/>")),
            ["a.sxi"] = TestFiles.Zip(("mimetype", "application/vnd.sun.xml.impress"), ("content.xml", "<office/>")),
            ["a.sxd"] = TestFiles.Zip(("mimetype", "application/vnd.sun.xml.draw"), ("content.xml", "<office/>")),
        };

        foreach (var name in files.Keys)
        {
            Assert.Equal(name, Assert.Single(files.Keys, other => FileTypes.Recognise(name, files[other]) is not null));
        }
    }

    [Theory]
    [InlineData("a.dwf", "(DWF V06.00)PK", "model/vnd.dwf")]
    [InlineData("a.dwf", "DWF", null)]
    [InlineData("a.dxf", "  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "image/vnd.dxf")]
    [InlineData("a.dxf", "999\nMade by a program\n0\nSECTION\n", "image/vnd.dxf")]
    [InlineData("a.dxf", "AutoCAD Binary DXF\r\n\u001a\0", "image/vnd.dxf")]
    [InlineData("a.dxf", "0\nEOF\n", null)]
    [InlineData("a.dxf", "999\n", null)]
    [InlineData("a.dxf", "", null)]
    [InlineData("a.dgn", "\u0008\u0009\u00fe\u0002", "image/vnd.dgn")]
    [InlineData("a.dgn", "\u00c8\u0009\u00fe\u0002", "image/vnd.dgn")]
    [InlineData("a.dgn", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", null)]
    public void Drawings_are_told_by_what_they_begin_with(string name, string content, string? expected) =>
        Assert.Equal(expected, FileTypes.Recognise(name, Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData("plain", "text/plain; charset=utf-8")]
    [InlineData("Grüße, 问候", "text/plain; charset=utf-8")]
    public void Text_in_UTF8_says_so(string text, string expected) => Assert.Equal(expected, FileTypes.Recognise("a.txt", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_of_other_programs_is_text_too()
    {
        Assert.Equal("text/csv", FileTypes.Recognise("a.csv", Encoding.Latin1.GetBytes("Müller;1")));
        Assert.Equal("text/plain; charset=utf-16", FileTypes.Recognise("a.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Grüße")]));
        Assert.Equal("text/plain; charset=utf-16", FileTypes.Recognise(
            "a.asc", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("Hi")]));
        Assert.Equal("text/calendar; charset=utf-8", FileTypes.Recognise("a.ics", "\uFEFFBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"u8.ToArray()));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1024 - 5, true)]
    [InlineData(1024 - 4, false)]
    public void A_PDF_may_begin_somewhat_later_as_every_reader_opens_it(int before, bool expected) =>
        Assert.Equal(expected ? "application/pdf" : null, FileTypes.Recognise(
            "a.pdf", [.. Encoding.ASCII.GetBytes(new string('\n', before)), .. TestFiles.Pdf]));

    [Theory]
    [InlineData("\r\nBEGIN:VCALENDAR")]
    [InlineData("\uFEFF\n \nbegin:vcalendar")]
    public void A_calendar_may_begin_with_blank_lines(string text) =>
        Assert.Equal("text/calendar; charset=utf-8", FileTypes.Recognise("a.ics", Encoding.UTF8.GetBytes($"{text}\r\nEND:VCALENDAR\r\n")));

    [Theory]
    [InlineData(3_900, true)]
    [InlineData(4_001, false)]
    public void A_document_has_a_few_thousand_parts_at_most(int parts, bool expected)
    {
        var list = TestFiles.OfficeOf(
            [.. Enumerable.Repeat("application/xml", parts - 1), "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"]);

        Assert.Equal(expected, FileTypes.Recognise("a.docx", list) is not null);
    }

    [Theory]
    [InlineData("run.exe")]
    [InlineData("run.js")]
    [InlineData("page.html")]
    [InlineData("picture.svg")]
    [InlineData("all.zip")]
    [InlineData("letter.docm")]
    [InlineData("letter.pdf.exe")]
    [InlineData("plan.mpp")]
    [InlineData("entities.ent")]
    [InlineData("nothing")]
    [InlineData("pdf")]
    public void Other_types_are_not_allowed_whatever_they_hold(string name)
    {
        Assert.False(FileTypes.Allows(name));
        Assert.Null(FileTypes.Recognise(name, TestFiles.Pdf));
    }

    [Fact]
    public void A_program_with_the_name_of_something_harmless_is_recognised_as_neither()
    {
        byte[] program = [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0];

        foreach (var type in FileTypes.Allowed.Split(", "))
        {
            Assert.True(FileTypes.Allows($"a.{type}"));
            Assert.Null(FileTypes.Recognise($"a.{type}", program));
            Assert.Null(FileTypes.Recognise($"a.{type}", [0]));
        }
    }

    [Fact]
    public void Macros_are_refused_under_whatever_name()
    {
        Assert.Null(FileTypes.Recognise("a.docx", TestFiles.DocxWithMacros));
        Assert.Null(FileTypes.Recognise("a.docx", TestFiles.DocxWithHiddenMacros));
        Assert.Null(FileTypes.Recognise("a.docx", TestFiles.Docm));
        Assert.Null(FileTypes.Recognise("a.xlsx", TestFiles.XlsxWithOldMacros));
        Assert.Null(FileTypes.Recognise("a.odt", TestFiles.OpenDocument("text", "Basic/Standard/Module1.xml")));
    }

    [Fact]
    public void Broken_and_hostile_archives_are_refused_quickly()
    {
        const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        var bomb = TestFiles.Zip(("[Content_Types].xml", $"<Types><Override ContentType=\"{Main}\"/>{new string(' ', 50_000_000)}</Types>"));
        var entities = TestFiles.Zip(("[Content_Types].xml", $"<!DOCTYPE t [<!ENTITY a \"b\">]><Types><Override ContentType=\"{Main}\"/>&a;</Types>"));
        var crowd = TestFiles.Zip(
            [("[Content_Types].xml", $"<Types><Override ContentType=\"{Main}\"/></Types>"), .. Enumerable.Range(0, 4_001).Select(number => ($"{number}", ""))]);
        var list = $"<Types><Override ContentType=\"{Main}\"/></Types>";
        var lists = TestFiles.Zip(("[Content_Types].xml", list), ("[content_types].XML", list));

        foreach (var archive in (byte[][])[bomb, entities, crowd, lists, TestFiles.Docx[..^30], TestFiles.Docx[..20], [.. "junk"u8, .. TestFiles.Docx]])
        {
            Assert.Null(FileTypes.Recognise("a.docx", archive));
        }
    }
}
