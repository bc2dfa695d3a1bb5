using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Tools;
using static Microsoft.Playwright.Assertions;

namespace PostmanDashboard.Tests.Browser.Keys;

/// <summary>A new key is shown once: not lost by a slip, and nowhere afterwards.</summary>
[Collection(BrowserFixture.Keys)]
public sealed class RevealTests(BrowserFixture browser)
{
    [FactNeeding(Needs.Browser)]
    public async Task Nothing_but_done_closes_the_dialog_and_done_waits_for_the_tick()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard);
        var token = await page.GenerateAsync("Grant system");

        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.ClickAsync(5, 400);
        await Expect(page.Button("Done")).ToBeDisabledAsync();
        await page.Field("I have saved this key").CheckAsync();
        await Expect(page.Button("Done")).ToBeEnabledAsync();
        await page.Field("I have saved this key").UncheckAsync();
        await Expect(page.Button("Done")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Field("API key")).ToHaveValueAsync(token);
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData("setTimeout(() => location.reload())", DialogType.BeforeUnload)]
    [InlineData("setTimeout(() => history.back())", DialogType.BeforeUnload)]
    [InlineData("setTimeout(() => Blazor.navigateTo('/settings?elsewhere'))", DialogType.Confirm)]
    public async Task Leaving_the_page_is_asked_about_and_no_means_no(string leave, string question)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard);
        var token = await page.GenerateAsync("Grant system");
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.TrySetResult(dialog.Type);
        };

        await page.EvaluateAsync(leave);

        Assert.Equal(question, await asked.Task.InTimeAsync());
        await Expect(page.Field("API key")).ToHaveValueAsync(token);
        Assert.EndsWith("/settings", page.Url, StringComparison.Ordinal);
        await page.FinishAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Whoever_has_done_leaves_without_a_question()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard);
        await page.GenerateAsync("Grant system");
        await page.FinishAsync();
        page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);

        await page.ReloadAsync();

        await Expect(page.Row("Grant system")).ToBeVisibleAsync();
    }

    [FactNeeding(Needs.Browser)]
    public async Task After_done_the_key_is_nowhere_in_the_page_nor_in_what_the_server_sends_or_logs_or_the_browser_keeps()
    {
        using var logs = new RecordingLogs();
        await using var dashboard = await DashboardBrowser.StartAsync(browser, logs);
        var page = await OpenAsync(dashboard);
        var token = await page.GenerateAsync("Grant system");
        await page.FinishAsync();
        await Expect(page.Row("Grant system")).ToBeVisibleAsync();

        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, await page.EvaluateAsync<string>("JSON.stringify([localStorage, sessionStorage, document.cookie, history.state])"),
            StringComparison.Ordinal);
        var prerendered = await (await page.APIRequest.GetAsync("/settings")).TextAsync();
        Assert.Contains($"•••••{token[^5..]}", prerendered, StringComparison.Ordinal);
        Assert.DoesNotContain(token, prerendered, StringComparison.Ordinal);
        await page.OpenInteractiveAsync("/settings");
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Contains("Circuits", logs.Text, StringComparison.Ordinal);
        logs.AssertHoldNothingOf(token);
        dashboard.AssertNoProblems();
    }

    [FactNeeding(Needs.Browser)]
    public async Task Copy_turns_into_copied_and_the_env_file_is_made_in_the_browser_and_let_go_of()
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, options => options.Permissions = ["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("""
            () => {
              const revoke = URL.revokeObjectURL.bind(URL);
              URL.revokeObjectURL = address => { document.body.dataset.revoked = address; revoke(address); };
            }
            """);
        var token = await page.GenerateAsync("Grant system");
        page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);

        await page.Button("Copy").ClickAsync();
        await Expect(page.Button("Copied")).ToBeVisibleAsync();
        await Expect(page.Button("Copy")).ToHaveCountAsync(0);
        var file = await page.RunAndWaitForDownloadAsync(() => page.Button("Download .env").ClickAsync());

        Assert.Equal("postman.env", file.SuggestedFilename);
        Assert.StartsWith("blob:", file.Url, StringComparison.Ordinal);
        Assert.Equal(
            $"POSTMAN_API_URL={dashboard.Address}v1\nPOSTMAN_API_KEY={token}\n", await File.ReadAllTextAsync((await file.PathAsync())!));
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-revoked", file.Url);
        Assert.DoesNotContain(requests, address => address.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await page.FinishAsync();
        dashboard.AssertNoProblems();
    }

    [TheoryNeeding(Needs.Browser)]
    [InlineData(1280, 1)]
    [InlineData(360, 2)]
    public async Task The_whole_key_is_in_sight_in_one_line_where_there_is_room(int width, int lines)
    {
        await using var dashboard = await DashboardBrowser.StartAsync(browser);
        var page = await OpenAsync(dashboard, options => options.ViewportSize = new ViewportSize { Width = width, Height = 740 });
        await page.GenerateAsync("Grant system");

        Assert.Equal(lines, await page.Field("API key").EvaluateAsync<int>(
            """
            field => {
              const style = getComputedStyle(field);
              const text = field.cloneNode();
              text.value = field.value;
              Object.assign(text.style, { height: '0', minHeight: '0', fieldSizing: 'fixed' });
              field.after(text);
              const height = text.scrollHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
              text.remove();
              return Math.round(height / parseFloat(style.lineHeight));
            }
            """));
        Assert.True(await page.Field("API key").EvaluateAsync<bool>(
            "field => field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight"));
        await page.FinishAsync();
    }

    private static async Task<IPage> OpenAsync(DashboardBrowser dashboard, Action<BrowserNewContextOptions>? change = null)
    {
        var account = await dashboard.Application.AddAccountAsync("mei@agency.gov.sg");
        var page = await dashboard.NewSignedInPageAsync(account, change);
        // A page to go back to.
        await page.GotoAsync("/dev/mail");
        await page.OpenInteractiveAsync("/settings");
        return page;
    }
}
