using System.Net;
using PostmanDashboard.Mail;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Smtp;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Codes;

/// <summary>Signing in to the real program, with a code that comes through a real mail server.</summary>
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
        await using var dashboard = await StartAsync(server, security, user, password);
        using var browser = Browse(dashboard);

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
        await using var dashboard = await StartAsync(server, SmtpSecurity.None);
        using var browser = Browse(dashboard);

        using var refused = await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", Email);
        server.RefuseAll(null);
        using var sent = await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", Email);

        Assert.Contains("couldn’t email the code", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", sent.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal([Email], (await server.NextAsync()).Recipients);
    }

    [Fact]
    public async Task A_connection_that_has_carried_enough_is_replaced_and_the_code_arrives()
    {
        await using var server = await TestSmtpServer.StartAsync();
        server.LimitConnections(mails: 1);
        await using var dashboard = await StartAsync(server, SmtpSecurity.None);
        using var browser = Browse(dashboard);

        foreach (var address in new[] { Email, "tan@agency.gov.sg" })
        {
            using var sent = await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", address);
            Assert.Equal("/sign-in/code", sent.RequestMessage!.RequestUri!.AbsolutePath);
            Assert.Equal([address], (await server.NextAsync()).Recipients);
        }
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_server_with_a_certificate_that_nobody_vouches_for_gets_no_code(SmtpSecurity security)
    {
        await using var server = await TestSmtpServer.StartAsync(security);
        using var other = new SmtpCertificate();
        await using var dashboard = await StartAsync(server, security, trusted: other);
        using var browser = Browse(dashboard);

        using var refused = await SignInForms.SubmitAsync(browser, "/sign-in", "Send code", "Email", Email);

        Assert.Contains("couldn’t email the code", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.True(server.IsEmpty);
    }

    private Task<DashboardProcess> StartAsync(
        ReceivingServer server, SmtpSecurity security, string? user = null, string? password = null, SmtpCertificate? trusted = null) =>
        DashboardProcess.StartAsync(
            folder.Path,
            ("Mail:Smtp:Host", TestSmtpServer.Host),
            ("Mail:Smtp:Port", $"{server.Port}"),
            ("Mail:Smtp:Security", $"{security}"),
            ("Mail:Smtp:User", user ?? ""),
            ("Mail:Smtp:Password", password ?? ""),
            // What an operator does whose mail server has a certificate of the agency's own authority.
            ("SSL_CERT_FILE", (trusted ?? server.Certificate).CertificateFile));

    private HttpClient Browse(DashboardProcess dashboard) =>
        new(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri(dashboard.Address) };
}
