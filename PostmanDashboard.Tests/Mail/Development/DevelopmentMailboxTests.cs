using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Text;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing;

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

    [Theory]
    [InlineData("/dev/mail/unknown")]
    [InlineData("/dev/mail/..%2Fpostman")]
    [InlineData("/dev/mail/%2Fetc%2Fpasswd")]
    public async Task No_name_leads_to_anything_but_a_mail(string address)
    {
        await SendAsync("Hello");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, address));
    }

    [Fact]
    public async Task With_a_mail_server_there_is_no_mailbox()
    {
        using var withServer = new DashboardApplication { Settings = { ["Mail:Smtp:Host"] = "localhost" } };

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(withServer, "/dev/mail"));
    }

    [Fact]
    public async Task Outside_Development_there_is_no_mailbox()
    {
        using var production = new DashboardApplication
        {
            Environment = "Production",
            Settings = { ["Mail:Smtp:Host"] = "localhost", ["Public:BaseUrl"] = "https://postman.example" },
        };

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(production, "/dev/mail"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(production, "/dev/mail/unknown"));
    }

    private async Task SendAsync(string subject, string html = "<p>As HTML</p>")
    {
        var mail = new MimeMessage
        {
            Subject = subject,
            Date = app.Clock.GetUtcNow(),
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = "As text" },
                new TextPart(TextFormat.Html) { Text = html }),
        };
        mail.To.Add(new MailboxAddress("", "mei@agency.gov.sg"));
        await app.Services.GetRequiredService<FolderMailTransport>().SendAsync(mail, CancellationToken.None);
    }

    private Task<string> ReadAsync(string address) => app.CreateClient().GetStringAsync(new Uri(address, UriKind.Relative));

    private static async Task<HttpStatusCode> StatusAsync(DashboardApplication application, string address)
    {
        using var answer = await application.CreateClient().GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }
}
