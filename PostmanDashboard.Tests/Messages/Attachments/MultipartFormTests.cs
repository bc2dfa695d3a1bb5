using System.Text;
using PostmanDashboard.Messages.Attachments;
using PostmanDashboard.Shell.Api;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages.Attachments;

/// <summary>What is read of a form, and what is said of one that can't be.</summary>
public sealed class MultipartFormTests
{
    private const string Boundary = "multipart/form-data; boundary=x";

    [Fact]
    public async Task Texts_and_files_are_read_in_their_order()
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent("Grüße, 问候"), "subject" },
            { new ByteArrayContent(TestFiles.Pdf), "attachments", "one.pdf" },
            { new StringContent("a@example.org"), "cc" },
            { new ByteArrayContent(TestFiles.Png), "attachments[]", "two.png" },
            { new StringContent("b@example.org"), "cc[]" },
        };

        var form = await ReadAsync(content);

        Assert.Equal(["Grüße, 问候"], form.Texts["subject"]);
        Assert.Equal(["a@example.org", "b@example.org"], form.Texts["cc"]);
        Assert.Equal([("one.pdf", "application/pdf"), ("two.png", "image/png")], form.Files.Select(file => (file.Name, file.ContentType!)));
        Assert.Equal(TestFiles.Png, form.Files[1].Content);
        Assert.Empty(form.Errors);
    }

    [Theory]
    [InlineData("filename=\"通知.pdf\"", "通知.pdf")]
    [InlineData("filename=\"ignored.pdf\"; filename*=UTF-8''%E9%80%9A%E7%9F%A5.pdf", "通知.pdf")]
    [InlineData("filename=\"=?utf-8?B?6YCa55+lLnBkZg==?=\"", "通知.pdf")]
    [InlineData("filename=plain.pdf", "plain.pdf")]
    [InlineData("filename=\"../../up.pdf\"", "up.pdf")]
    [InlineData("filename=\"C:\\temp\\letter.pdf\"", "letter.pdf")]
    [InlineData("filename=\"a%22b.pdf\"", "a%22b.pdf")]
    [InlineData("filename=\"Mei \\\"final\\\" letter.pdf\"", "Mei _final_ letter.pdf")]
    public async Task File_names_are_read_however_clients_write_them(string parameter, string expected)
    {
        var form = await ReadAsync($"--x\r\nContent-Disposition: form-data; name=\"attachments\"; {parameter}\r\n\r\n%PDF-1.7\r\n--x--\r\n");

        Assert.Equal([expected], form.Files.Select(file => file.Name));
        Assert.Empty(form.Errors);
    }

    [Fact]
    public async Task A_text_may_come_out_of_a_file_as_curl_sends_it()
    {
        var form = await ReadAsync(
            "--x\r\nContent-Disposition: form-data; name=\"body\"; filename=\"mail.html\"\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n--x--");

        Assert.Equal(["<p>Hello</p>"], form.Texts["body"]);
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("text/plain; charset=\"UTF-8\"")]
    [InlineData("text/plain; charset=\"us-ascii\"")]
    [InlineData("text/plain; charset=\"\"")]
    public async Task A_text_may_say_in_any_way_that_it_is_in_UTF_8(string type)
    {
        var form = await ReadAsync($"--x\r\nContent-Disposition: form-data; name=\"subject\"\r\nContent-Type: {type}\r\n\r\nHello\r\n--x--\r\n");

        Assert.Equal(["Hello"], form.Texts["subject"]);
        Assert.Empty(form.Errors);
    }

    [Fact]
    public async Task A_field_for_files_in_which_none_was_chosen_is_not_a_file()
    {
        var form = await ReadAsync(
            "--x\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n");

        Assert.Empty(form.Files);
        Assert.Empty(form.Errors);
    }

    [Fact]
    public async Task Every_file_that_cannot_be_sent_is_named_with_what_can()
    {
        using var content = new MultipartFormDataContent
        {
            { new ByteArrayContent(TestFiles.Png), "attachments", "photo.pdf" },
            { new ByteArrayContent("MZ"u8.ToArray()), "attachments", "run.exe" },
            { new ByteArrayContent([]), "attachments", "empty.txt" },
            { new ByteArrayContent(TestFiles.DocxWithMacros), "attachments", "letter.docx" },
            { new ByteArrayContent(TestFiles.Pdf), "attachments", "good.pdf" },
        };

        var errors = (await ReadAsync(content)).Files.Select(file => file.Error).ToList();

        Assert.Equal(5, errors.Count);
        Assert.Contains("“photo.pdf” doesn’t hold what its name says", errors[0], StringComparison.Ordinal);
        Assert.Contains("“run.exe” is of a type that can’t be attached. Allowed are asc, avi,", errors[1], StringComparison.Ordinal);
        Assert.Equal("“empty.txt” is empty.", errors[2]);
        Assert.Contains("“letter.docx” doesn’t hold what its name says, or has macros", errors[3], StringComparison.Ordinal);
        Assert.Null(errors[4]);
    }

    [Fact]
    public async Task An_attachment_that_is_not_a_file_and_a_text_that_is_not_text_are_errors_of_their_fields()
    {
        var form = await ReadAsync("""
            --x
            Content-Disposition: form-data; name="attachments"

            %PDF-1.7
            --x
            Content-Disposition: form-data; name="subject"
            Content-Type: text/plain; charset=iso-8859-1

            Hello
            --x--
            """.ReplaceLineEndings("\r\n"));

        Assert.Equal(["attachments", "subject"], form.Errors.Select(error => error.Field));
    }

    [Theory]
    [InlineData(10, MultipartForm.MaxFilesLength, null)]
    [InlineData(1, MultipartForm.MaxFilesLength, null)]
    [InlineData(10, MultipartForm.MaxFilesLength + 1, "bytes (10 MB) in all")]
    [InlineData(1, MultipartForm.MaxFilesLength + 1, "bytes (10 MB) in all")]
    [InlineData(11, 110, "more than 10 attachments")]
    public async Task Ten_files_of_ten_megabytes_in_all_and_no_more(int count, int length, string? refusal)
    {
        using var content = new MultipartFormDataContent();
        for (var number = 0; number < count; number++)
        {
            var size = length / count + (number == 0 ? length % count : 0);
            content.Add(new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', size))), "attachments", $"{number}.txt");
        }

        var form = new MultipartForm();
        var problem = await form.ReadAsync(content.Headers.ContentType!.ToString(), null, await content.ReadAsStreamAsync(), CancellationToken.None);

        if (refusal is null)
        {
            Assert.Null(problem);
            Assert.Equal(count, form.Files.Count);
        }
        else
        {
            Assert.Equal((413, ApiProblemCode.AttachmentLimit), (problem!.Status, problem.Code));
            Assert.Contains(refusal, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_too_much_no_more_is_read_than_it_takes_to_know()
    {
        using var endless = new EndlessStream("--x\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a.txt\"\r\n\r\n"u8.ToArray());
        using var texts = new EndlessStream("--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\n"u8.ToArray());
        using var preamble = new EndlessStream([]);
        using var header = new EndlessStream("--x\r\nContent-Disposition: form-data; name="u8.ToArray());

        Assert.Equal((413, "attachment_limit"), await RefusalAsync(Boundary, endless));
        Assert.InRange(endless.Read, MultipartForm.MaxFilesLength, MultipartForm.MaxFilesLength + 100_000);
        Assert.Equal((413, "api_validation"), await RefusalAsync(Boundary, texts));
        Assert.InRange(texts.Read, 1024 * 1024, 2 * 1024 * 1024);
        Assert.Equal((400, "malformed"), await RefusalAsync(Boundary, preamble));
        Assert.Equal((413, "api_validation"), await RefusalAsync(Boundary, header));
        Assert.InRange(preamble.Read, 0, 100_000);
        Assert.InRange(header.Read, 0, 13 * 1024 * 1024);
    }

    [Theory]
    [InlineData("name=\"attachments\"; filename=\"a.txt\"", "attachment_limit", 16 * 1024)]
    [InlineData("name=\"body\"", "api_validation", 2 * 1024 * 1024)]
    public async Task A_form_that_says_it_is_too_long_is_read_until_it_is_known_whether_it_has_a_file(string field, string code, int readAtMost)
    {
        using var endless = new EndlessStream(
            Encoding.ASCII.GetBytes(
            $"--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nA\r\n--x\r\nContent-Disposition: form-data; {field}\r\n\r\n"));

        var problem = await new MultipartForm().ReadAsync(Boundary, 20_000_000, endless, CancellationToken.None);

        Assert.Equal((413, code), (problem!.Status, problem.Code));
        Assert.Contains("1310720", problem.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Read, 0, readAtMost);
    }

    [Theory]
    [InlineData("multipart/form-data", "--x--\r\n")]
    [InlineData("multipart/form-data; boundary=", "--x--\r\n")]
    [InlineData("multipart/form-data; boundary=\"\"", "--x--\r\n")]
    [InlineData("multipart/form-data; boundary=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", "--x--\r\n")]
    [InlineData(Boundary, "")]
    [InlineData(Boundary, "--x")]
    [InlineData(Boundary, "{\"subject\":\"JSON\"}")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nHello")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nHello\r\n--x\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: form-data\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: attachment; name=\"subject\"\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: \u0001\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nno colon\r\n\r\nHello\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nHello\r\n--y--\r\n--x--\r\n")]
    [InlineData(Boundary, "--x\r\nContent-Disposition: form-data; name=\"body\"\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n--x--\r\n")]
    public async Task What_is_not_a_form_is_malformed(string contentType, string body)
    {
        using var sent = new MemoryStream(Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, "malformed"), await RefusalAsync(contentType, sent));
    }

    [Fact]
    public async Task Parts_without_number_and_headers_without_number_are_malformed()
    {
        const string Part = "--x\r\nContent-Disposition: form-data; name=\"cc\"\r\n\r\na@example.org\r\n";
        using var parts = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Part, 300)) + "--x--\r\n"));
        var more = string.Concat(Enumerable.Range(0, 100).Select(number => $"X-{number}: y\r\n"));
        using var headers = new MemoryStream(Encoding.UTF8.GetBytes($"--x\r\n{more}\r\nHello\r\n--x--\r\n"));

        Assert.Equal((400, "malformed"), await RefusalAsync(Boundary, parts));
        Assert.Equal((400, "malformed"), await RefusalAsync(Boundary, headers));
    }

    private static async Task<MultipartForm> ReadAsync(MultipartFormDataContent content)
    {
        var form = new MultipartForm();
        Assert.Null(await form.ReadAsync(content.Headers.ContentType!.ToString(), null, await content.ReadAsStreamAsync(), CancellationToken.None));
        return form;
    }

    private static async Task<MultipartForm> ReadAsync(string body)
    {
        var form = new MultipartForm();
        Assert.Null(await form.ReadAsync(Boundary, null, new MemoryStream(Encoding.UTF8.GetBytes(body)), CancellationToken.None));
        return form;
    }

    private static async Task<(int Status, string Code)> RefusalAsync(string contentType, Stream body)
    {
        var problem = await new MultipartForm().ReadAsync(contentType, null, body, CancellationToken.None);
        Assert.NotNull(problem);
        return (problem.Status, problem.Code);
    }

    /// <summary>Begins as told, and goes on for ever.</summary>
    private sealed class EndlessStream(byte[] beginning) : MemoryStream(beginning)
    {
        public new long Read { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                buffer.Span.Fill((byte)'x');
                read = buffer.Length;
            }

            Read += read;
            return read;
        }
    }
}
