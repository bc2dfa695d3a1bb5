using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts.SignIn;
using PostmanDashboard.Tests.Testing;

namespace PostmanDashboard.Tests.Accounts.SignIn;

/// <summary>How often codes may be asked for and got wrong, each limit at its edge.</summary>
public sealed class SignInLimitsTests : IDisposable
{
    private const string Email = "mei@agency.gov.sg";
    private const string Office = "192.0.2.1";

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly DashboardApplication app = new();
    private readonly List<Visitor> visitors = [];

    public void Dispose()
    {
        visitors.ForEach(visitor => visitor.Dispose());
        app.Dispose();
    }

    [Fact]
    public async Task An_address_gets_a_code_every_thirty_seconds()
    {
        var mei = Visit();
        await mei.AskAsync(Email);

        app.Clock.Advance(TimeSpan.FromSeconds(18));
        var soon = await mei.AskAsync("MEI@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromSeconds(12) - Instant);
        var almost = await mei.AskAsync(Email);
        app.Clock.Advance(Instant);
        var then = await mei.AskAsync(Email);

        Assert.EndsWith("a new one can be sent in 12 seconds.", soon.Problem, StringComparison.Ordinal);
        Assert.EndsWith("a new one can be sent in 1 second.", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", then.Location);
        Assert.Equal(2, app.Mail.Sent.Count);
    }

    [Fact]
    public async Task The_button_for_a_new_code_waits_as_long()
    {
        var mei = Visit();
        await mei.AskAsync(Email);
        var page = await mei.OpenAsync("/sign-in/code");

        var soon = await mei.PressAsync(page, "Send a new code");
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var then = await mei.PressAsync(page, "Send a new code");

        Assert.EndsWith("a new one can be sent in 30 seconds.", soon.Problem, StringComparison.Ordinal);
        Assert.StartsWith("A new code is on its way.", then.Notice, StringComparison.Ordinal);
        Assert.Equal("/", (await mei.EnterAsync(app.Mail.LastCode(Email))).Location);
    }

    [Fact]
    public async Task An_address_gets_ten_codes_an_hour_wherever_they_are_asked_for()
    {
        for (var number = 0; number < 10; number++)
        {
            Assert.Null((await Visit($"192.0.2.{number}").AskAsync(Email)).Problem);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var late = await Visit().AskAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(50) - Instant);
        var almost = await Visit().AskAsync(Email);
        app.Clock.Advance(Instant);
        var then = await Visit().AskAsync(Email);
        app.Clock.Advance(TimeSpan.FromSeconds(40));
        var next = await Visit().AskAsync(Email);

        Assert.Equal("This address has had 10 codes in an hour. The next one can be sent in 50 minutes.", late.Problem);
        Assert.EndsWith("in 1 second.", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", then.Location);
        Assert.EndsWith("in 20 seconds.", next.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_gets_thirty_codes_an_hour_for_whichever_addresses()
    {
        for (var number = 0; number < 30; number++)
        {
            Assert.Null((await Visit(Office).AskAsync($"mei{number}@agency.gov.sg")).Problem);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var late = await Visit(Office).AskAsync(Email);
        var wrapped = await Visit($"::ffff:{Office}").AskAsync(Email);
        var elsewhere = await Visit("192.0.2.2").AskAsync("tan@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromMinutes(30) - Instant);
        var almost = await Visit(Office).AskAsync(Email);
        app.Clock.Advance(Instant);
        var then = await Visit(Office).AskAsync(Email);

        Assert.Equal("Too many codes were asked for from your network. Try again in 30 minutes.", late.Problem);
        Assert.Equal(late.Problem, wrapped.Problem);
        Assert.Null(elsewhere.Problem);
        Assert.EndsWith("in 1 second.", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", then.Location);
    }

    [Fact]
    public async Task Two_requests_at_the_same_instant_give_one_mail()
    {
        Visitor[] both = [Visit(), Visit()];

        var pages = await Together.RunAsync(2, number => both[number].AskAsync(Email));

        Assert.Single(app.Mail.Sent);
        Assert.EndsWith("in 30 seconds.", Assert.Single(pages, page => page.Location is null).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_forty_requests_of_a_client_at_the_same_instant_thirty_are_answered()
    {
        var codes = app.Services.GetRequiredService<SignInCodes>();

        var results = await Together.RunAsync(40, number => codes.RequestAsync($"mei{number}@agency.gov.sg", Office, CancellationToken.None));

        Assert.Equal(30, results.OfType<RequestCodeResult.Sent>().Count());
        Assert.Equal(30, app.Mail.Sent.Count);
    }

    [Fact]
    public async Task Fifteen_wrong_codes_lock_an_address_until_the_oldest_is_an_hour_past()
    {
        var fourth = await AskTimesAsync(4);
        foreach (var visitor in visitors.Take(3))
        {
            await TypeWrongAsync(visitor, 5);
        }

        var right = await fourth.EnterAsync(app.Mail.LastCode(Email));
        var asked = await Visit().AskAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(56) - Instant);
        var almost = await Visit().AskAsync(Email);
        app.Clock.Advance(Instant);
        var then = await Visit().SignInAsync(Email);

        Assert.Equal("Too many wrong codes were entered for this address. Try again in 56 minutes.", right.Problem);
        Assert.Equal(right.Problem, asked.Problem);
        Assert.EndsWith("in 1 second.", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/", then.Location);
    }

    [Fact]
    public async Task Fourteen_wrong_codes_lock_nobody_out()
    {
        var fourth = await AskTimesAsync(4);
        await TypeWrongAsync(visitors[0], 5);
        await TypeWrongAsync(visitors[1], 5);
        await TypeWrongAsync(visitors[2], 4);

        Assert.Equal("/", (await fourth.EnterAsync(app.Mail.LastCode(Email))).Location);
    }

    [Fact]
    public async Task Wrong_codes_for_one_address_do_not_lock_another()
    {
        await AskTimesAsync(3);
        foreach (var visitor in visitors)
        {
            await TypeWrongAsync(visitor, 5);
        }

        Assert.Equal("/", (await Visit().SignInAsync("tan@agency.gov.sg")).Location);
    }

    [Fact]
    public async Task Of_forty_five_wrong_codes_at_the_same_instant_fifteen_are_looked_at()
    {
        await AskTimesAsync(9);
        var codes = app.Services.GetRequiredService<SignInCodes>();
        var secrets = visitors.Select(visitor => visitor.Cookies.Find("Postman.SignIn")!.Value.Value).ToList();
        var wrong = app.Mail.Sent.Select(mail => SignInMails.WrongCode(SignInMails.CodeIn(mail.TextBody))).ToList();

        var results = await Together.RunAsync(45, number => codes.RedeemAsync(secrets[number % 9], wrong[number % 9], CancellationToken.None));

        Assert.InRange(results.OfType<RedeemCodeResult.Wrong>().Count(), 1, 15);
        Assert.Equal(45, results.Count(result => result is RedeemCodeResult.Wrong or RedeemCodeResult.Locked));
    }

    private Visitor Visit(string? address = null)
    {
        var visitor = new Visitor(app, address);
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Asks for codes in so many browsers, with a minute after each.</summary>
    /// <returns>The last browser.</returns>
    private async Task<Visitor> AskTimesAsync(int times)
    {
        for (var number = 0; number < times; number++)
        {
            Assert.Null((await Visit().AskAsync(Email)).Problem);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return visitors[^1];
    }

    private async Task TypeWrongAsync(Visitor visitor, int times)
    {
        var wrong = SignInMails.WrongCode(SignInMails.CodeIn(app.Mail.Sent[visitors.IndexOf(visitor)].TextBody));
        for (var number = 0; number < times; number++)
        {
            Assert.NotNull((await visitor.EnterAsync(wrong)).Problem);
        }
    }
}
