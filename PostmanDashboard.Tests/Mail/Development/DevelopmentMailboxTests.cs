using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;

namespace PostmanDashboard.Tests.Mail.Development;

/// <summary>What somebody sees at /dev/mail who tries the program without a mail server.</summary>
public sealed class DevelopmentMailboxTests : IDisposable
{
    private readonly DashboardApplication app = new();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task An_empty_mailbox_says_what_will_be_in_it()
    {
        Assert.Contains("No mail yet", await ReadAsync("/dev/mail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mails_are_listed_with_the_newest_on_top()
    {
        await SendAsync("The first one");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync("The second one");

        var list = await ReadAsync("/dev/mail");

        Assert.InRange(list.IndexOf("The second one", StringComparison.Ordinal), 0, list.IndexOf("The first one", StringComparison.Ordinal));
        Assert.Contains("to mei@agency.gov.sg", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_shown_as_text_and_its_html_in_a_frame_that_runs_nothing()
    {
        await SendAsync("Hello", "<script>alert(1)</script><p>As HTML</p>");
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(app.Folder, "mail")).Single());

        var page = await ReadAsync($"/dev/mail/{name}");

        Assert.Contains("As text", page, StringComparison.Ordinal);
        Assert.Contains("""sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;script&gt;""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_opens_by_its_link_in_the_list()
    {
        await SendAsync("The first one");
        await SendAsync("Bed & breakfast <b>");
        using var visitor = new Visitor(app);

        var link = (await visitor.OpenAsync("/dev/mail")).Document.QuerySelectorAll("a").Single(link => link.TextContent == "Bed & breakfast <b>");
        var page = await visitor.OpenAsync(link.GetAttribute("href")!);

        Assert.Equal("Bed & breakfast <b>", page.Heading);
    }

    [Theory]
    [InlineData("/dev/mail/unknown")]
    [InlineData("/dev/mail/..%2Fsecret")]
    [InlineData("/dev/mail/%2e%2e%2fsecret")]
    [InlineData("/dev/mail/..%5Csecret")]
    [InlineData("/dev/mail/..%2Fpostman")]
    [InlineData("/dev/mail/%2Fetc%2Fpasswd")]
    public async Task No_name_leads_to_anything_but_a_mail(string address)
    {
        await SendAsync("Hello");
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "secret.eml"), "Subject: Secret\r\n\r\nSecret");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, address));
    }

    [Fact]
    public async Task With_a_mail_server_there_is_no_mailbox()
    {
        using var withServer = new DashboardApplication { Settings = { ["Mail:Smtp:Host"] = "localhost" } };

        await AssertAbsentAsync(withServer);
    }

    [Fact]
    public async Task Outside_Development_there_is_no_mailbox()
    {
        using var production = new DashboardApplication
        {
            Environment = "Production",
            Settings = { ["Mail:Smtp:Host"] = "localhost", ["Public:BaseUrl"] = "http://localhost" },
        };

        await AssertAbsentAsync(production);
    }

    /// <summary>Also not for a mail that is still in the folder.</summary>
    private static async Task AssertAbsentAsync(DashboardApplication application)
    {
        await SendAsync(application, "Left over", "<p>As HTML</p>");
        var left = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(application.Folder, "mail")).Single());

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(application, "/dev/mail"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(application, $"/dev/mail/{left}"));
    }

    private Task SendAsync(string subject, string html = "<p>As HTML</p>") => SendAsync(app, subject, html);

    private static async Task SendAsync(DashboardApplication application, string subject, string html)
    {
        var mail = new MimeMessage
        {
            Subject = subject,
            Date = application.Clock.GetUtcNow(),
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = "As text" },
                new TextPart(TextFormat.Html) { Text = html }),
        };
        mail.To.Add(new MailboxAddress("", "mei@agency.gov.sg"));
        await application.Services.GetRequiredService<FolderMailTransport>().SendAsync(mail, mail.To.Mailboxes.Single().Address, CancellationToken.None);
    }

    private Task<string> ReadAsync(string address) => app.CreateClient().GetStringAsync(new Uri(address, UriKind.Relative));

    private static async Task<HttpStatusCode> StatusAsync(DashboardApplication application, string address)
    {
        using var answer = await application.CreateClient().GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }
}
