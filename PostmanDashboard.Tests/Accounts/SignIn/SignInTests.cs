using System.Net;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn;

/// <summary>The way from a page that asks for a sign-in to that page.</summary>
public sealed class SignInTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";

    private readonly DashboardApplication app = new();
    private readonly Visitor mei;

    public SignInTests() => mei = new Visitor(app);

    public void Dispose()
    {
        mei.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        var refused = await mei.OpenAsync("/settings?key=1");
        var asked = await mei.AskAsync(Email, refused.Location!);
        var entered = await mei.EnterAsync(app.Mail.LastCode(Email), asked.Location!);
        var settings = await mei.OpenAsync(entered.Location!);

        Assert.Equal("/sign-in?ReturnUrl=%2Fsettings%3Fkey%3D1", refused.Location);
        Assert.Equal("/sign-in/code?ReturnUrl=%2Fsettings%3Fkey%3D1", asked.Location);
        Assert.Equal("/settings?key=1", entered.Location);
        Assert.Equal("Settings", settings.Heading);
        Assert.Contains(Email, settings.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_mailed_as_text_and_as_html()
    {
        await mei.AskAsync(Email);

        var mail = Assert.Single(app.Mail.Sent);
        var code = SignInMails.CodeIn(mail.TextBody);
        Assert.Equal(Email, Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Address);
        Assert.Contains(code, mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("5 Jan 2026, 17:10 SGT", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(code, mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}{1}")]
    [InlineData("{0} {1}")]
    [InlineData(" {0}-{1}\t")]
    [InlineData("{0}\u00a0{1}")]
    [InlineData("\u200b{0}\u2060{1}\ufeff")]
    [InlineData("\u200e{0}\u00ad{1}")]
    [InlineData("\u202a{0}\u2013{1}\u202c")]
    [InlineData("{0}\u2011{1}")]
    [InlineData("{0}\u2212{1}.")]
    [InlineData("“{0} – {1}”")]
    public async Task A_code_may_be_typed_with_spaces_and_hyphens(string way)
    {
        await mei.AskAsync(Email);
        var code = app.Mail.LastCode(Email);

        var entered = await mei.EnterAsync(string.Format(null, way, code[..3], code[4..]));

        Assert.Equal("/", entered.Location);
        Assert.True(await mei.IsSignedInAsync());
    }

    [Fact]
    public async Task A_code_may_be_typed_in_full_width()
    {
        await mei.AskAsync(Email);
        var wide = string.Concat(app.Mail.LastCode(Email).Select(digit => digit == ' ' ? '\u3000' : (char)(digit - '0' + '０')));

        Assert.Equal("/", (await mei.EnterAsync(wide)).Location);
    }

    [Theory]
    [InlineData("\u200bmei@agency.gov.sg\u200b")]
    [InlineData("\u202amei@agency.gov.sg\u202c")]
    [InlineData("'mei@agency.gov.sg'")]
    [InlineData("mailto:mei@agency.gov.sg")]
    [InlineData("Mei Tan <mei@agency.gov.sg>")]
    [InlineData("mei@agency.gov.sg.")]
    [InlineData("ｍｅｉ＠ａｇｅｎｃｙ．ｇｏｖ．ｓｇ")]
    public async Task An_address_may_come_as_it_was_copied(string typed)
    {
        await mei.AskAsync(typed);

        Assert.Equal("/", (await mei.EnterAsync(app.Mail.LastCode(Email))).Location);
    }

    [Theory]
    [InlineData("attacker%evil.example@agency.gov.sg")]
    [InlineData("evil.example!attacker@agency.gov.sg")]
    [InlineData("attacker％evil.example@agency.gov.sg")]
    [InlineData("mailto:attacker%25evil.example@agency.gov.sg")]
    public async Task Nobody_signs_in_as_an_address_that_mail_servers_may_send_on(string typed)
    {
        Assert.StartsWith("Addresses like this one can’t sign in", (await mei.AskAsync(typed)).Problem, StringComparison.Ordinal);
        Assert.Empty(app.Mail.Sent);
    }

    [Fact]
    public async Task The_page_for_the_code_helps_typing_it()
    {
        await mei.AskAsync(Email);

        var page = await mei.OpenAsync("/sign-in/code");

        var field = page.Document.GetElementById("code")!;
        Assert.Equal("one-time-code", field.GetAttribute("autocomplete"));
        Assert.Equal("numeric", field.GetAttribute("inputmode"));
        Assert.True(field.HasAttribute("autofocus"));
        Assert.Contains(Email, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_sign_in_makes_the_account_and_the_next_finds_it_whatever_its_case()
    {
        await mei.SignInAsync("Mei@Agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var elsewhere = new Visitor(app);
        await elsewhere.SignInAsync("mei@AGENCY.gov.sg");

        await using var db = app.CreateDbContext();
        var account = Assert.Single(await db.Users.ToListAsync());
        Assert.Equal("Mei@Agency.gov.sg", account.Email);
        Assert.Equal(TestClock.Start, account.CreatedAt);
        Assert.True(await mei.IsSignedInAsync());
        Assert.True(await elsewhere.IsSignedInAsync());
    }

    [Fact]
    public async Task Two_first_sign_ins_at_the_same_instant_make_one_account()
    {
        using var colleague = new Visitor(app);
        await mei.AskAsync(Email);
        var code = app.Mail.LastCode(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await colleague.AskAsync(Email);
        (Visitor Visitor, string Code)[] both = [(mei, code), (colleague, app.Mail.LastCode(Email))];

        var entered = await Together.RunAsync(2, number => both[number].Visitor.EnterAsync(both[number].Code));

        Assert.All(entered, page => Assert.Equal("/", page.Location));
        await using var db = app.CreateDbContext();
        Assert.Single(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task Whoever_is_signed_in_already_goes_straight_on()
    {
        await mei.SignInAsync(Email);

        Assert.Equal("/settings?key=1", (await mei.OpenAsync("/sign-in?ReturnUrl=%2Fsettings%3Fkey%3D1")).Location);
        Assert.Equal("/", (await mei.OpenAsync("/sign-in/code")).Location);
    }

    [Fact]
    public async Task Without_a_code_on_its_way_the_page_for_it_leads_back() =>
        Assert.Equal("/sign-in?ReturnUrl=%2Fsettings", (await mei.OpenAsync("/sign-in/code?ReturnUrl=%2Fsettings")).Location);

    [Theory]
    [InlineData("")]
    [InlineData("mei")]
    [InlineData("mei@agency.gov.sg, tan@agency.gov.sg")]
    [InlineData("mei@agency.gov.sg\r\nBcc: everyone@agency.gov.sg")]
    public async Task What_is_not_an_address_gets_no_mail(string typed)
    {
        var page = await mei.AskAsync(typed);

        Assert.StartsWith("This is not an email address.", page.Problem, StringComparison.Ordinal);
        Assert.Empty(app.Mail.Sent);
    }

    [Fact]
    public async Task A_form_that_a_strange_page_posts_sends_no_mail()
    {
        await mei.PostAsync("/sign-in", ("_handler", "sign-in"), ("Email", Email));

        Assert.Empty(app.Mail.Sent);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_form_that_was_open_for_too_long_says_so_on_a_page_of_ours(string environment)
    {
        await using var elsewhere = new DashboardApplication
        {
            Environment = environment,
            Settings = { ["Public:BaseUrl"] = "http://localhost", ["Mail:Smtp:Host"] = "smtp.agency.gov.sg" },
        };
        using var visitor = new Visitor(elsewhere);

        var page = await visitor.PostAsync("/sign-in", ("_handler", "sign-in"), ("Email", Email), ("__RequestVerificationToken", "stale"));

        Assert.Equal((HttpStatusCode.BadRequest, "That did not work"), (page.Status, page.Heading));
        Assert.Contains("open for too long", page.Html, StringComparison.Ordinal);
    }
}
