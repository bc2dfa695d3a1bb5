using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Accounts.SignIn.Limits;
using PostmanDashboard.Accounts.SignIn.NewBrowsers;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.NewBrowsers;

/// <summary>Whoever reads a mailbox gets in with a new browser, however long a stranger goes on asking for its codes.</summary>
public sealed class BrowserLinkTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";

    private readonly RecordingLogs logs = new();
    private readonly DashboardApplication app;
    private readonly Visitor mei;

    public BrowserLinkTests()
    {
        app = new DashboardApplication { Logs = logs };
        mei = new Visitor(app);
    }

    private BrowserLinks Links => app.Services.GetRequiredService<BrowserLinks>();

    public void Dispose()
    {
        mei.Dispose();
        app.Dispose();
        logs.Dispose();
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("admin@agency.gov.sg")]
    public async Task While_a_stranger_keeps_asking_its_owner_signs_in_with_the_link_and_a_code(string email)
    {
        await app.AddAccountAsync(email);
        await app.UseUpCodesAsync(email, SignInLimits.Codes + 1);
        var refused = await mei.AskAsync(email);

        var page = await mei.OpenAsync(LastLink(email));
        var pressed = await mei.PressAsync(page, "Send code");
        var signedInByTheLink = await mei.IsSignedInAsync();
        var entered = await mei.EnterAsync(app.Mail.LastCode(email));

        Assert.Contains("open the link in the latest of these emails", refused.Problem, StringComparison.Ordinal);
        Assert.Contains(email, page.Html, StringComparison.Ordinal);
        Assert.Equal(("/sign-in/code", false, "/"), (pressed.Location, signedInByTheLink, entered.Location));
    }

    [Fact]
    public async Task An_address_without_an_account_reads_the_same_and_gets_in_as_well()
    {
        await app.AddAccountAsync("li@agency.gov.sg");
        await app.UseUpCodesAsync("li@agency.gov.sg");
        await app.UseUpCodesAsync(Email);
        using var other = new Visitor(app);

        var (without, with) = (await mei.AskAsync(Email), await other.AskAsync("li@agency.gov.sg"));
        await PressAsync(mei, Email);

        Assert.Equal(without.Problem!.Split('.')[0], with.Problem!.Split('.')[0]);
        Assert.Equal("/", (await mei.EnterAsync(app.Mail.LastCode(Email))).Location);
    }

    [Fact]
    public async Task There_is_a_link_whenever_a_code_is_refused_and_a_stranger_causes_no_mail_beyond_ten_an_hour()
    {
        for (var minute = 0; minute < 150; minute++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.AskAsStrangerAsync(Email);
            var (now, mails) = (app.Clock.GetUtcNow(), app.Mail.To(Email));
            Assert.InRange(mails.Count(mail => mail.Date > now - SignInLimits.Window), 1, SignInLimits.Codes);
            if (await app.AskAsStrangerAsync(Email) is RequestCodeResult.TooMany { Reason: TooManyReason.CodesForNewBrowsers })
            {
                Assert.NotNull(await Links.FindAsync(LastLink(Email).Split('/')[^1], CancellationToken.None));
            }
        }
    }

    [Fact]
    public async Task The_browser_has_codes_of_its_own_from_then_on()
    {
        await app.UseUpCodesAsync(Email);
        await PressAsync(mei, Email);
        app.Clock.Advance(SignInLimits.Pause);

        Assert.Null((await mei.AskAsync(Email)).Problem);
        Assert.NotNull((await mei.AskAsync("li@agency.gov.sg", "/sign-in")).Location);
        using var other = new Visitor(app);
        Assert.NotNull((await other.AskAsync(Email)).Problem);
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        await app.UseUpCodesAsync(Email);
        using var scanner = new Visitor(app);
        var looked = await scanner.OpenAsync(LastLink(Email));

        Assert.DoesNotContain(looked.SetCookies, cookie => cookie.Name.ToString().Contains("Browser", StringComparison.Ordinal));
        Assert.Equal(SignInLimits.Codes, app.Mail.Sent.Count);
        Assert.Equal("/sign-in/code", (await PressAsync(mei, Email)).Location);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        await app.UseUpCodesAsync(Email);
        var link = LastLink(Email);
        using var other = new Visitor(app);
        var open = await other.OpenAsync(link);
        await PressAsync(mei, Email);

        var again = await other.PressAsync(open, "Send code");

        Assert.Contains("no longer works", again.Problem, StringComparison.Ordinal);
        Assert.Contains("no longer works", (await other.OpenAsync(link)).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(again.SetCookies, cookie => cookie.Name.ToString().Contains("Browser", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_who_use_one_link_at_the_same_instant_one_is_let_through()
    {
        await app.UseUpCodesAsync(Email);
        var secret = LastLink(Email).Split('/')[^1];

        var results = await Together.RunAsync(10, _ => Links.UseAsync(secret, browser: null, CancellationToken.None));

        Assert.Single(results, result => result is not null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_link_works_for_an_hour(int millisecondsLess, bool isGone)
    {
        await app.UseUpCodesAsync(Email, SignInLimits.Codes - 1);
        app.Clock.Advance(SignInLimits.Pause);
        await app.AskAsStrangerAsync(Email);
        var open = await mei.OpenAsync(LastLink(Email));
        app.Clock.Advance(SignInLimits.Window - TimeSpan.FromMilliseconds(millisecondsLess));

        Assert.Equal(isGone, (await mei.PressAsync(open, "Send code")).Problem is not null);
    }

    [Theory]
    [InlineData("/sign-in/browser")]
    [InlineData("/sign-in/browser/")]
    [InlineData("/sign-in/browser/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/sign-in/link")]
    public async Task Anything_else_is_not_a_link(string path) =>
        Assert.Contains("no longer works", (await mei.OpenAsync(path)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_post_of_another_site_uses_no_link()
    {
        await app.UseUpCodesAsync(Email);

        var forged = await mei.PostAsync(LastLink(Email), ("_handler", "browser"));

        Assert.DoesNotContain(forged.SetCookies, cookie => cookie.Name.ToString().Contains("Postman.Browser", StringComparison.Ordinal));
        Assert.Equal("/sign-in/code", (await PressAsync(mei, Email)).Location);
    }

    [Fact]
    public async Task A_mail_that_the_server_refused_leaves_no_link()
    {
        await app.UseUpCodesAsync(Email, SignInLimits.Codes - 1);
        app.Clock.Advance(SignInLimits.Pause);
        app.Mail.Refusal = new MailDelivery.Refused("451 Not now", IsFinal: false);
        await app.AskAsStrangerAsync(Email);
        app.Mail.Refusal = null;
        await app.AskAsStrangerAsync(Email);

        Assert.Equal("/sign-in/code", (await PressAsync(mei, Email)).Location);
    }

    [Fact]
    public async Task The_secret_of_a_link_is_in_the_mail_and_nowhere_else()
    {
        await app.UseUpCodesAsync(Email);
        var link = LastLink(Email);
        var secret = link.Split('/')[^1];
        await PressAsync(mei, Email);
        await mei.OpenAsync(link.ToUpperInvariant().Replace(secret.ToUpperInvariant(), secret, StringComparison.Ordinal));
        await mei.OpenAsync($"/settings{link}?{secret}");

        await using var db = app.CreateDbContext();
        Assert.Contains("/sign-in/browser", logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, logs.Text, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret)), Assert.Single(db.SignInCodes.ToList(), code => code.LinkUsedAt is not null).LinkHash);
    }

    private async Task<VisitedPage> PressAsync(Visitor visitor, string email) =>
        await visitor.PressAsync(await visitor.OpenAsync(LastLink(email)), "Send code");

    private string LastLink(string email) =>
        SignInMails.LinkIn(app.Mail.To(email).Last(mail => mail.Subject!.EndsWith("link to get another", StringComparison.Ordinal)).TextBody);
}
