using Microsoft.Playwright;
using PostmanDashboard.Tests.Browser.Keys;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Sessions;

/// <summary>What a page of another origin can do in a browser that is signed in here: nothing.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class OriginTests(BrowserFixture browser)
{
    private const string OpenCircuit = """
        address => new Promise(resolve => {
          const socket = new WebSocket(address);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        })
        """;

    private const string PostForm = """
        address => {
          const form = document.createElement('form');
          form.method = 'post';
          form.action = address;
          document.documentElement.append(form);
          form.submit();
        }
        """;

    [TheoryNeeding(Needs.Browser)]
    [InlineData("")]
    [InlineData(ForeignSite.WithoutOrigin)]
    public async Task Another_origin_opens_no_circuit_and_posts_nothing(string foreignPage)
    {
        using var foreign = ForeignSite.Start();
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.OpenSettingsAsync(await dashboard.Application.AddAccountAsync("mei@agency.gov.sg"));
        var circuit = $"ws://{dashboard.Address.Authority}/_blazor";
        var own = await page.EvaluateAsync<string>(OpenCircuit, circuit);

        await page.GotoAsync(new Uri(foreign.Address, foreignPage).ToString());
        var stranger = await page.EvaluateAsync<string>(OpenCircuit, circuit);
        var posted = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(PostForm, new Uri(dashboard.Address, "/sign-out").ToString()), response => response.Request.Method == "POST");

        Assert.Equal("open", own);
        Assert.Equal("refused", stranger);
        Assert.Equal(403, posted.Status);
        Assert.Equal(foreignPage.Length == 0 ? foreign.Address.ToString().TrimEnd('/') : "null", await posted.Request.HeaderValueAsync("origin"));
    }

    [FactNeeding(Needs.Browser)]
    public async Task Our_own_forms_come_through()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await dashboard.NewPageAsync();
        await page.GotoAsync("/settings");

        await page.SignInAsync(dashboard.Application, "mei@agency.gov.sg");
        await page.AccountMenu().ClickAsync();
        await page.Button("Sign out").ClickAsync();

        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task In_development_every_name_of_this_machine_opens_circuits()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var cookie = (await dashboard.Application.CreateSignedInCookieAsync(account)).Split('=', 2);
        var named = new UriBuilder(dashboard.Address) { Host = "localhost" }.Uri;
        var page = await dashboard.NewPageAsync(options => options.BaseURL = named.ToString());
        await page.Context.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Url = named.ToString() }]);

        await page.OpenInteractiveAsync("/settings");

        dashboard.AssertNoProblems();
    }
}
