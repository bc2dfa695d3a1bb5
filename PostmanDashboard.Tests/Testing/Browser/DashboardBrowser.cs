using System.Collections.Concurrent;
using Microsoft.Playwright;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Testing.Browser;

/// <summary>The whole dashboard behind a real port, and a browser that looks at it. One per test.</summary>
public sealed class DashboardBrowser : IAsyncDisposable
{
    /// <summary>What Blazor's client says when it was about to answer the server while the connection went. It goes on once it is back.</summary>
    private const string AnswerCutOff = "Cannot send data if the connection is not in the 'Connected' State";

    private readonly IBrowser browser;
    private readonly List<IBrowserContext> contexts = [];
    private readonly ConcurrentQueue<string> problems = new();

    private DashboardBrowser(IBrowser browser, DashboardApplication application)
    {
        this.browser = browser;
        Application = application;
        Address = application.Listen();
    }

    /// <summary>The running application: move its clock, read its mail, look into its database.</summary>
    public DashboardApplication Application { get; }

    public Uri Address { get; }

    /// <summary>What every page has written to its console as an error, and every exception that its scripts left uncaught.</summary>
    public IReadOnlyList<string> Problems => [.. problems];

    /// <param name="settings">As in <see cref="DashboardApplication.Settings"/>.</param>
    public static Task<DashboardBrowser> StartAsync(BrowserFixture fixture, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, logs: null, settings);

    /// <summary>With mail that goes where the settings say.</summary>
    public static Task<DashboardBrowser> StartWithRealMailAsync(BrowserFixture fixture, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, new DashboardApplication { Clock = TestClock.CreateForBrowser(), UsesRealTransport = true }, settings);

    /// <param name="logs">As in <see cref="DashboardApplication.Logs"/>.</param>
    /// <param name="settings">As in <see cref="DashboardApplication.Settings"/>.</param>
    public static Task<DashboardBrowser> StartAsync(BrowserFixture fixture, RecordingLogs? logs, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, new DashboardApplication { Clock = TestClock.CreateForBrowser(), Logs = logs }, settings);

    private static async Task<DashboardBrowser> StartAsync(BrowserFixture fixture, DashboardApplication application, (string Name, string Value)[] settings)
    {
        var browser = await fixture.GetAsync();
        foreach (var (name, value) in settings)
        {
            application.Settings[name] = value;
        }

        return new DashboardBrowser(browser, application);
    }

    /// <summary>A page in a context of its own: another person, without cookies. Paths such as <c>/settings</c> are found at <see cref="Address"/>.</summary>
    /// <param name="change">Changes what the page is by default: a desktop's window, light, JavaScript on.</param>
    public async Task<IPage> NewPageAsync(Action<BrowserNewContextOptions>? change = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ColorScheme = ColorScheme.Light,
            Locale = "en-SG",
            ReducedMotion = ReducedMotion.Reduce,
            // Far from Singapore, so that a page that shows the browser's time is found out.
            TimezoneId = "America/Los_Angeles",
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        };
        change?.Invoke(options);

        var context = await browser.NewContextAsync(options);
        contexts.Add(context);
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        context.Console += KeepError;
        context.WebError += KeepUncaught;
        return await context.NewPageAsync();
    }

    /// <summary>Fails with what the pages' scripts complained about.</summary>
    public void AssertNoProblems() => Assert.True(problems.IsEmpty, string.Join('\n', problems));

    public async ValueTask DisposeAsync()
    {
        foreach (var context in contexts)
        {
            await context.DisposeAsync();
        }

        await Application.DisposeAsync();
    }

    private void KeepUncaught(object? sender, IWebError uncaught)
    {
        if (!uncaught.Error.Contains(AnswerCutOff, StringComparison.Ordinal))
        {
            problems.Enqueue($"{uncaught.Page?.Url}: {uncaught.Error}");
        }
    }

    private void KeepError(object? sender, IConsoleMessage message)
    {
        if (message.Type == "error")
        {
            problems.Enqueue($"{message.Page?.Url}: {message.Text} ({message.Location})");
        }
    }
}
