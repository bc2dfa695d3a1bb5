using System.Net;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Codes;

/// <summary>Signing in with a code that comes through a real mail server: to the real program, and in memory where that server is a bad one.</summary>
public sealed class SignInOverSmtpTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";

    private readonly TemporaryFolder folder = new();
    private readonly CookieContainer cookies = new();

    public void Dispose() => folder.Dispose();

    [TheoryNeeding(Needs.MailServer)]
    [InlineData(SmtpSecurity.None, null, null)]
    [InlineData(SmtpSecurity.StartTls, null, null)]
    [InlineData(SmtpSecurity.Tls, "postman", "a password")]
    public async Task A_code_arrives_and_signs_in(SmtpSecurity security, string? user, string? password)
    {
        await using var server = await IndependentSmtpServer.StartAsync(security, user, password);
        await using var dashboard = await DashboardProcess.StartAsync(
            folder.Path,
            ("Mail:Smtp:Host", IndependentSmtpServer.Host),
            ("Mail:Smtp:Port", $"{server.Port}"),
            ("Mail:Smtp:Security", $"{security}"),
            ("Mail:Smtp:User", user ?? ""),
            ("Mail:Smtp:Password", password ?? ""),
            // What an operator does whose mail server has a certificate of the agency's own authority.
            ("SSL_CERT_FILE", server.Certificate.CertificateFile));
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri(dashboard.Address) };

        await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", Email);
        var mail = await server.NextAsync();
        var code = SignInMails.CodeIn(mail.Read().TextBody);
        using var settings = await SignInForms.SubmitAsync(browser, "/sign-in/code", "Sign in", "Code", code);

        Assert.Equal([Email], mail.Recipients);
        Assert.Equal(security != SmtpSecurity.None, mail.Encrypted);
        Assert.Equal(HttpStatusCode.OK, settings.StatusCode);
        Assert.Equal("/", settings.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.DoesNotContain(code, dashboard.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_cannot_be_mailed_is_told_so_and_may_try_again_at_once()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.RefuseAll("451 4.3.2 Not now");
        await using var app = CreateApplication(server);
        using var mei = new Visitor(app);

        Assert.Contains("couldn’t email the code", (await mei.AskAsync(Email)).Problem, StringComparison.Ordinal);
        server.RefuseAll(null);

        Assert.Equal("/sign-in/code", (await mei.AskAsync(Email)).Location);
        Assert.Equal([Email], (await server.NextAsync()).Recipients);
    }

    [Fact]
    public async Task A_connection_that_has_carried_enough_is_replaced_and_the_code_arrives()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.LimitConnections(mails: 1);
        await using var app = CreateApplication(server);

        foreach (var address in new[] { Email, "tan@agency.gov.sg" })
        {
            using var visitor = new Visitor(app);
            Assert.Equal("/sign-in/code", (await visitor.AskAsync(address)).Location);
            Assert.Equal([address], (await server.NextAsync()).Recipients);
        }
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_server_with_a_certificate_that_nobody_vouches_for_gets_no_code(SmtpSecurity security)
    {
        await using var server = await TestSmtpServer.StartAsync(security);
        await using var app = CreateApplication(server, security);
        using var mei = new Visitor(app);

        Assert.Contains("couldn’t email the code", (await mei.AskAsync(Email)).Problem, StringComparison.Ordinal);

        Assert.True(server.IsEmpty);
    }

    private static DashboardApplication CreateApplication(TestSmtpServer server, SmtpSecurity security = SmtpSecurity.None) => new()
    {
        UsesRealTransport = true,
        Settings =
        {
            ["Mail:Smtp:Host"] = TestSmtpServer.Host,
            ["Mail:Smtp:Port"] = $"{server.Port}",
            ["Mail:Smtp:Security"] = $"{security}",
        },
    };
}
