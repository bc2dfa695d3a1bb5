using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts.SignIn.Codes;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Accounts.SignIn.Limits;

/// <summary>How often codes may be asked for each limit at its edge, and that no wrong code locks anybody out.</summary>
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

        Assert.EndsWith("you can send a new one in 12 seconds.", soon.Problem, StringComparison.Ordinal);
        Assert.EndsWith("you can send a new one in 1 second.", almost.Problem, StringComparison.Ordinal);
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

        Assert.EndsWith("you can send a new one in 30 seconds.", soon.Problem, StringComparison.Ordinal);
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

        Assert.Equal(
            "This address has had 10 codes in an hour in new browsers. You can send the next one in 50 minutes. To continue now, open the " +
                "link in the latest of these emails, or use a browser where you have signed in before.",
            late.Problem);
        Assert.Contains("in 1 second.", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", then.Location);
        Assert.Contains("in 20 seconds.", next.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_gets_three_hundred_codes_an_hour_for_whichever_addresses()
    {
        await AddCodesAsync(299, Office);
        var last = await Visit(Office).AskAsync("li@agency.gov.sg");
        var late = await Visit(Office).AskAsync(Email);
        var wrapped = await Visit($"::ffff:{Office}").AskAsync(Email);
        var elsewhere = await Visit("192.0.2.2").AskAsync("tan@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromMinutes(30) - Instant);
        var almost = await Visit(Office).AskAsync(Email);
        app.Clock.Advance(Instant);
        var then = await Visit(Office).AskAsync(Email);

        Assert.Null(last.Problem);
        Assert.StartsWith("Too many codes were requested from your network. Try again in 30 minutes, or use", late.Problem, StringComparison.Ordinal);
        Assert.Equal(late.Problem, wrapped.Problem);
        Assert.Null(elsewhere.Problem);
        Assert.Contains("Try again in 1 second, or", almost.Problem, StringComparison.Ordinal);
        Assert.Equal("/sign-in/code", then.Location);
    }

    [Fact]
    public async Task Sixty_four_bits_of_IPv6_are_one_network()
    {
        app.Settings["Accounts:CodesPerNetwork"] = "1";
        Assert.Null((await Visit("2001:db8:1:2::1").AskAsync("li@agency.gov.sg")).Problem);

        var neighbour = await Visit("2001:db8:1:2:ffff:ffff:ffff:ffff").AskAsync(Email);
        var elsewhere = await Visit("2001:db8:1:3::1").AskAsync(Email);

        Assert.StartsWith("Too many codes were requested from your network.", neighbour.Problem, StringComparison.Ordinal);
        Assert.Null(elsewhere.Problem);
    }

    [Fact]
    public async Task A_browser_that_has_signed_in_before_neither_waits_for_its_network_nor_counts_in_it()
    {
        app.Settings["Accounts:CodesPerNetwork"] = "2";
        var mei = Visit(Office);
        await mei.SignInAsync(Email);
        await SignOutAsync(mei);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var known = await mei.AskAsync(Email);
        var second = await Visit(Office).AskAsync("li@agency.gov.sg");
        var third = await Visit(Office).AskAsync("tan@agency.gov.sg");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await mei.AskAsync(Email);

        Assert.All([known, second, again], page => Assert.Null(page.Problem));
        Assert.StartsWith("Too many codes were requested from your network.", third.Problem, StringComparison.Ordinal);
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
    public async Task Of_forty_requests_of_a_network_at_the_same_instant_as_many_are_answered_as_it_may_have()
    {
        app.Settings["Accounts:CodesPerNetwork"] = "30";
        var codes = app.Services.GetRequiredService<SignInCodes>();
        var office = new CodeRequester(Office, Browser: null);

        var results = await Together.RunAsync(40, number => codes.RequestAsync($"mei{number}@agency.gov.sg", office, CancellationToken.None));

        Assert.Equal(30, results.OfType<RequestCodeResult.Sent>().Count());
        Assert.Equal(30, app.Mail.Sent.Count);
    }

    [Fact]
    public async Task Fifty_wrong_codes_lock_nobody_out()
    {
        var mei = Visit();
        await mei.SignInAsync(Email);
        await SignOutAsync(mei);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var strangers = await AskTimesAsync(9);
        foreach (var stranger in strangers)
        {
            await TypeWrongAsync(stranger, 5);
        }

        var known = await mei.SignInAsync(Email);
        app.Clock.Advance(TimeSpan.FromMinutes(51));
        var elsewhere = await Visit().SignInAsync(Email);

        Assert.Equal(("/", "/"), (known.Location, elsewhere.Location));
    }

    [Fact]
    public async Task A_code_that_was_asked_for_before_fifty_wrong_ones_still_signs_in()
    {
        var mei = Visit();
        await mei.AskAsync(Email);
        var code = app.Mail.LastCode(Email);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        foreach (var stranger in await AskTimesAsync(9, TimeSpan.FromSeconds(30)))
        {
            await TypeWrongAsync(stranger, 5);
        }

        Assert.Equal("/", (await mei.EnterAsync(code)).Location);
    }

    private Visitor Visit(string? address = null)
    {
        var visitor = new Visitor(app, address);
        visitors.Add(visitor);
        return visitor;
    }

    private static async Task SignOutAsync(Visitor visitor) => await visitor.PressAsync(await visitor.OpenAsync("/settings"), "Sign out");

    /// <summary>Asks for codes in so many browsers, and waits after each.</summary>
    private async Task<IReadOnlyList<Visitor>> AskTimesAsync(int times, TimeSpan? pause = null)
    {
        var strangers = Enumerable.Range(0, times).Select(_ => Visit()).ToList();
        foreach (var stranger in strangers)
        {
            Assert.Null((await stranger.AskAsync(Email)).Problem);
            app.Clock.Advance(pause ?? TimeSpan.FromMinutes(1));
        }

        return strangers;
    }

    private async Task TypeWrongAsync(Visitor visitor, int times)
    {
        var codes = app.Mail.Sent.Select(mail => SignInMails.CodeIn(mail.TextBody)).ToHashSet();
        var wrong = Enumerable.Range(0, 100).Select(number => $"{number:D3} {number:D3}").First(candidate => !codes.Contains(candidate));
        for (var number = 0; number < times; number++)
        {
            Assert.NotNull((await visitor.EnterAsync(wrong)).Problem);
        }
    }

    /// <summary>What so many sign-ins half an hour ago left behind.</summary>
    private async Task AddCodesAsync(int count, string network)
    {
        var at = app.Clock.GetUtcNow();
        await using var db = app.CreateDbContext();
        db.SignInCodes.AddRange(Enumerable.Range(0, count).Select(number => new SignInCode
        {
            Email = $"mei{number}@agency.gov.sg",
            NormalizedEmail = $"MEI{number}@AGENCY.GOV.SG",
            FlowHash = BitConverter.GetBytes(number),
            CodeHash = [],
            Network = network,
            Browser = null,
            LinkHash = null,
            CreatedAt = at,
            ExpiresAt = at + SignInCode.Lifetime,
        }));
        await db.SaveChangesAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(30));
    }
}
