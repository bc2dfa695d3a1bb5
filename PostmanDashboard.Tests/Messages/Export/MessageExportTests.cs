using System.Globalization;
using System.Net;
using System.Text;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Export;

public sealed class MessageExportTests : AsyncLifetime, IDisposable
{
    private const string Address = "/messages/export.csv";
    private const string Header =
        "\uFEFFId,Created,Recipient,Subject,Tag,Key,Key ends in,Status,Sent,Error code,Reason,Cc,Bcc,Bounced copies,Classification\r\n";

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;
    private HttpClient client = null!;

    public override async Task InitializeAsync()
    {
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account);
        client = app.CreateDefaultClient();
        client.DefaultRequestHeaders.Add("Cookie", await app.CreateSignedInCookieAsync(account));
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task The_file_is_named_by_the_agencys_day_and_kept_by_nobody_on_its_way()
    {
        using var response = await client.GetAsync(Address);

        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("messages-2026-01-05.csv", response.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal(Header, await ReadAsync(""));
    }

    [Fact]
    public async Task A_row_says_all_that_the_page_says()
    {
        var sent = await AddAsync(
            TestMessages.Create(account.Id, key.Id, TestClock.Start, tag: "a, \"b\"", updatedAt: TestClock.Start.AddSeconds(2)), MessageStatus.Sent);
        var bounced = await AddAsync(TestMessages.Create(account.Id, key.Id, TestClock.Start.AddHours(-17)), MessageStatus.Bounced);

        var rows = (await ReadAsync("")).Split("\r\n");

        Assert.Equal($"{sent.Id},2026-01-05T17:00:00+08:00,raj@example.org,Your receipt,\"a, \"\"b\"\"\",Grant " +
            $"system,{key.Token.Hint},Sent,2026-01-05T17:00:02+08:00,,,,,,", rows[1]);
        Assert.Equal($"{bounced.Id},2026-01-05T00:00:00+08:00,raj@example.org,Your receipt,,Grant " +
            $"system,{key.Token.Hint},Bounced,,550,{TestMessages.Bounce},,,,", rows[2]);
    }

    [Fact]
    public async Task Copies_and_what_a_message_is_for_are_in_its_row()
    {
        var message = TestMessages.Create(
            account.Id, key.Id, TestClock.Start, cc: ["a@example.org", "gone@example.org"], bcc: ["b@example.org"],
            classification: MessageClassification.ForInfo);
        await AddAsync(message);
        await using (var db = app.CreateDbContext())
        {
            await db.AddCopyAsync(message, "gone@example.org", MailState.Failed);
        }

        Assert.EndsWith(
            ",\"a@example.org, gone@example.org\",b@example.org,gone@example.org (550),For information\r\n", await ReadAsync(""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+65 6123 4567", "\"'+65 6123 4567\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1+1", " =1+1")]
    [InlineData("\r=1+1", " =1+1")]
    [InlineData("\n=1+1", " =1+1")]
    [InlineData("=HYPERLINK(\"https://evil.example\",\"Click\")", "\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"Click\"\")\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋65 6123 4567", "'＋65 6123 4567")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("two\r\nlines", "two  lines")]
    [InlineData("a=1", "a=1")]
    [InlineData("Grüße 你好", "Grüße 你好")]
    public async Task A_cell_is_never_a_formula(string subject, string cell)
    {
        await AddAsync(TestMessages.Create(account.Id, key.Id, TestClock.Start, subject: subject, tag: subject));

        // A subject and a tag are one line by then.
        Assert.Contains($",{cell},{cell},Grant system,", await ReadAsync(""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("recipient")]
    [InlineData("status")]
    [InlineData("other")]
    public async Task A_filter_with_a_NUL_is_refused_and_doesnt_find_everything(string name)
    {
        using var response = await client.GetAsync($"{Address}?{name}=a%00b");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_file_has_what_the_filters_leave()
    {
        await AddAsync(TestMessages.Create(account.Id, key.Id, TestClock.Start, subject: "one", tag: "t"), MessageStatus.Sent);
        await AddAsync(TestMessages.Create(account.Id, key.Id, TestClock.Start.AddDays(1), "li@example.org", "two"));

        Assert.Equal("two one", await SubjectsAsync(""));
        Assert.Equal("one", await SubjectsAsync("?status=sent"));
        Assert.Equal("one", await SubjectsAsync("?tag=t"));
        Assert.Equal("two", await SubjectsAsync("?search=LI%40"));
        Assert.Equal("two one", await SubjectsAsync($"?key={key.Id}"));
        Assert.Equal("", await SubjectsAsync($"?key={Guid.NewGuid()}"));
        Assert.Equal("two", await SubjectsAsync("?from=2026-01-06"));
        Assert.Equal("one", await SubjectsAsync("?to=2026-01-05&status=sent&tag=t"));
    }

    [Fact]
    public async Task Every_message_is_in_a_long_file_once_and_in_order()
    {
        await using (var db = app.CreateDbContext())
        {
            // Many of one instant, so that they lie on both sides of where one read ends and the next begins.
            db.Messages.AddRange(Enumerable.Range(0, 2500).Select(
                number => TestMessages.Create(account.Id, key.Id, TestClock.Start.AddSeconds(number / 700), subject: $"{number}")));
            await db.SaveChangesAsync();
        }

        var rows = (await ReadAsync("")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToList();

        Assert.Equal(2500, rows.Count);
        Assert.Equal(2500, rows.Select(row => row[0]).Distinct().Count());
        var instants = rows.Select(row => DateTimeOffset.Parse(row[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(instants.OrderDescending(), instants);
    }

    [Fact]
    public async Task Only_the_account_itself_gets_its_messages()
    {
        var stranger = await app.AddAccountAsync("raj@agency.gov.sg");
        await AddAsync(TestMessages.Create(stranger.Id, (await app.IssueKeyAsync(stranger)).Id, TestClock.Start));
        using var program = app.CreateClient(key.Token);
        using var withKey = await program.GetAsync(Address);

        Assert.Equal(Header, await ReadAsync(""));
        Assert.NotEqual("text/csv", withKey.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(HttpStatusCode.NotFound, withKey.StatusCode);
    }

    private async Task<Message> AddAsync(Message message, MessageStatus status = MessageStatus.Accepted)
    {
        await using var db = app.CreateDbContext();
        return await db.AddMessageAsync(message, status);
    }

    private async Task<string> ReadAsync(string query) => Encoding.UTF8.GetString(await client.GetByteArrayAsync(Address + query));

    private async Task<string> SubjectsAsync(string query) =>
        string.Join(' ', (await ReadAsync(query)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[3]));
}
