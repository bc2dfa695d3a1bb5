using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Codes;

/// <summary>What a code is good for: ten minutes, five tries, one use, one browser.</summary>
public sealed class SignInCodeTests(DashboardApplication app) : IClassFixture<DashboardApplication>, IDisposable
{
    private const string CanNotBeUsed = "This code no longer works";

    private readonly string email = $"mei.{Guid.NewGuid():N}@agency.gov.sg";
    private readonly Visitor mei = new(app);
    private readonly Visitor eve = new(app);

    private string Code => app.Mail.LastCode(email);

    public void Dispose()
    {
        mei.Dispose();
        eve.Dispose();
        app.Mail.Refusal = null;
    }

    [Fact]
    public async Task A_code_works_until_just_before_ten_minutes()
    {
        await mei.AskAsync(email);
        app.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));

        Assert.Equal("/", (await mei.EnterAsync(Code)).Location);
    }

    [Fact]
    public async Task A_code_is_refused_at_ten_minutes()
    {
        await mei.AskAsync(email);
        app.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertGoneAsync(mei, Code);
    }

    [Fact]
    public async Task The_fifth_try_may_be_the_right_one()
    {
        await mei.AskAsync(email);
        var wrong = SignInMails.WrongCode(Code);

        var problems = new List<string?>();
        for (var tries = 0; tries < 4; tries++)
        {
            problems.Add((await mei.EnterAsync(wrong)).Problem);
        }

        Assert.Equal(
            ["You have 4 more attempts.", "You have 3 more attempts.", "You have 2 more attempts.", "You have one more attempt."],
            problems.Select(problem => problem!["That code isn’t right. ".Length..]));
        Assert.Equal("/", (await mei.EnterAsync(Code)).Location);
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_code_is_refused()
    {
        await mei.AskAsync(email);
        var wrong = SignInMails.WrongCode(Code);
        for (var tries = 0; tries < 4; tries++)
        {
            await mei.EnterAsync(wrong);
        }

        var last = await mei.EnterAsync(wrong);

        Assert.Equal("That was the last attempt with this code. Send a new code and use that one.", last.Problem);
        await AssertGoneAsync(mei, Code);
    }

    [Fact]
    public async Task Of_twenty_wrong_tries_at_the_same_instant_five_are_looked_at()
    {
        await mei.AskAsync(email);
        var wrong = SignInMails.WrongCode(Code);

        var results = await Together.RunAsync(20, _ => RedeemAsync(mei, wrong));

        Assert.Equal(5, results.OfType<RedeemCodeResult.Wrong>().Count());
        Assert.Equal(15, results.OfType<RedeemCodeResult.Gone>().Count());
        await AssertGoneAsync(mei, Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("١٢٣٤٥٦")]
    public async Task What_is_not_a_code_costs_no_try(string typed)
    {
        await mei.AskAsync(email);
        for (var tries = 0; tries < 6; tries++)
        {
            Assert.StartsWith("A code has six digits.", (await mei.EnterAsync(typed)).Problem, StringComparison.Ordinal);
        }

        Assert.Equal("/", (await mei.EnterAsync(Code)).Location);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await mei.AskAsync(email);
        var page = await mei.OpenAsync("/sign-in/code");
        using var copy = Copy(mei);
        await mei.EnterAsync(Code);

        var again = await copy.PressAsync(page, "Sign in", ("Code", Code));

        Assert.StartsWith(CanNotBeUsed, again.Problem, StringComparison.Ordinal);
        Assert.False(await copy.IsSignedInAsync());
    }

    [Fact]
    public async Task Two_uses_at_the_same_instant_give_one_session()
    {
        await mei.AskAsync(email);
        using var copy = Copy(mei);
        Visitor[] both = [mei, copy];
        // Read once: a mail can't be read by two at a time.
        var code = Code;

        var pages = await Together.RunAsync(2, number => both[number].EnterAsync(code));

        Assert.Single(pages, page => page.Location == "/");
        Assert.Single(pages, page => page.Problem?.StartsWith(CanNotBeUsed, StringComparison.Ordinal) == true);
        Assert.NotEqual(await mei.IsSignedInAsync(), await copy.IsSignedInAsync());
    }

    [Fact]
    public async Task Another_browser_with_the_right_code_is_refused()
    {
        await mei.AskAsync(email);
        var code = Code;
        await eve.AskAsync("eve.tan@agency.gov.sg");

        Assert.StartsWith("That code isn’t right", (await eve.EnterAsync(code)).Problem, StringComparison.Ordinal);
        Assert.Equal("/", (await mei.EnterAsync(code)).Location);
    }

    [Fact]
    public async Task A_browser_that_never_asked_has_nothing_to_enter()
    {
        await mei.AskAsync(email);
        var token = (await eve.OpenAsync("/sign-in")).Form("Send code").QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var page = await eve.PostAsync("/sign-in/code", ("_handler", "code"), ("__RequestVerificationToken", token), ("Code", Code));

        Assert.StartsWith(CanNotBeUsed, page.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(email, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_asking_for_the_same_address_neither_voids_nor_reveals_the_first_code()
    {
        await mei.AskAsync(email);
        var first = Code;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await eve.AskAsync(email);
        var evesPage = await eve.OpenAsync("/sign-in/code");

        Assert.DoesNotContain(first, evesPage.Html, StringComparison.Ordinal);
        Assert.NotEqual("/", (await eve.EnterAsync(first)).Location);
        for (var tries = 0; tries < 4; tries++)
        {
            await eve.EnterAsync(SignInMails.WrongCode(first));
        }

        Assert.Equal("/", (await mei.EnterAsync(first)).Location);
    }

    [Fact]
    public async Task A_new_code_takes_the_place_of_the_one_before_in_its_browser()
    {
        await mei.AskAsync(email);
        var first = Code;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await mei.AskAsync(email);

        Assert.StartsWith("That code isn’t right", (await mei.EnterAsync(SignInMails.WrongCode(Code))).Problem, StringComparison.Ordinal);
        Assert.True(first == Code || (await mei.EnterAsync(first)).Location is null);
        Assert.Equal("/", (await mei.EnterAsync(Code)).Location);
    }

    [Fact]
    public async Task When_the_mail_cannot_be_sent_the_person_is_told_and_may_try_again_at_once()
    {
        app.Mail.Refusal = new MailDelivery.Refused("451 4.3.0 Try again later", IsFinal: false);
        for (var times = 0; times < 12; times++)
        {
            var refused = await mei.AskAsync(email);
            Assert.StartsWith("We couldn’t email the code just now.", refused.Problem, StringComparison.Ordinal);
            Assert.DoesNotContain(refused.SetCookies, cookie => cookie.Name == "Postman.SignIn");
        }

        app.Mail.Refusal = null;

        Assert.Equal("/", (await mei.SignInAsync(email)).Location);
    }

    [Fact]
    public async Task A_new_code_that_cannot_be_mailed_leaves_the_one_before()
    {
        await mei.AskAsync(email);
        var page = await mei.OpenAsync("/sign-in/code");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        app.Mail.Refusal = new MailDelivery.Refused("451 4.3.0 Try again later", IsFinal: false);

        var refused = await mei.PressAsync(page, "Send a new code");

        Assert.StartsWith("We couldn’t email the code just now.", refused.Problem, StringComparison.Ordinal);
        Assert.Equal("/", (await mei.EnterAsync(Code)).Location);
    }

    private Task<RedeemCodeResult> RedeemAsync(Visitor visitor, string code) => app.Services.GetRequiredService<SignInCodes>()
        .RedeemAsync(visitor.Cookies.Find("Postman.SignIn")!.Value.Value, code, CancellationToken.None);

    /// <summary>A browser into which somebody copied this one's cookies.</summary>
    private Visitor Copy(Visitor original)
    {
        var copy = new Visitor(app);
        copy.Cookies.Keep(original.Cookies.All);
        return copy;
    }

    private static async Task AssertGoneAsync(Visitor visitor, string code) =>
        Assert.StartsWith(CanNotBeUsed, (await visitor.EnterAsync(code)).Problem, StringComparison.Ordinal);
}
