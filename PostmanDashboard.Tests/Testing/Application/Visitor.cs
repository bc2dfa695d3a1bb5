using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Net.Http.Headers;
using PostmanDashboard.Tests.Testing.Browser;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>A person at a browser of their own without JavaScript: keeps cookies, fills in forms as they stand on the page, and
/// looks at redirects before following them.</summary>
public sealed class Visitor : IDisposable
{
    private readonly DashboardApplication app;
    private readonly HttpClient client;

    /// <param name="address">Where the visitor calls from. Null: the connection has no address.</param>
    /// <param name="forwardedFor">What the visitor writes into <c>X-Forwarded-For</c>.</param>
    public Visitor(DashboardApplication app, string? address = null, string site = "http://localhost", string? forwardedFor = null)
    {
        this.app = app;
        client = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri(site) });
        if (address is not null)
        {
            client.DefaultRequestHeaders.Add(VisitorAddress.Header, address);
        }

        if (forwardedFor is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }
    }

    public CookieJar Cookies { get; init; } = new();

    public Task<VisitedPage> OpenAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Posts whatever is given, with this browser's cookies: what a page of a stranger can make it do.</summary>
    public Task<VisitedPage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Fills in the form with this button, and presses it.</summary>
    public Task<VisitedPage> PressAsync(VisitedPage page, string button, params (string Name, string Value)[] fields)
    {
        var form = page.Form(button);
        var inputs = form.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            Assert.True(inputs.ContainsKey(name), $"The form has no field {name}.");
            inputs[name] = value;
        }

        return PostAsync(form.GetAttribute("action") ?? page.Address, [.. inputs.Select(input => (input.Key, input.Value))]);
    }

    /// <summary>Asks for a code on the sign-in page.</summary>
    public async Task<VisitedPage> AskAsync(string email, string page = "/sign-in") =>
        await PressAsync(await OpenAsync(page), "Send code", ("Email", email));

    /// <summary>Types a code on the page for it.</summary>
    public async Task<VisitedPage> EnterAsync(string code, string page = "/sign-in/code") =>
        await PressAsync(await OpenAsync(page), "Sign in", ("Code", code));

    /// <summary>Asks for a code, reads it in the mail and types it.</summary>
    public async Task<VisitedPage> SignInAsync(string email)
    {
        Assert.Null((await AskAsync(email)).Problem);
        return await EnterAsync(app.Mail.LastCode(email));
    }

    /// <summary>Whether Settings opens, rather than the sign-in page.</summary>
    public async Task<bool> IsSignedInAsync() => (await OpenAsync("/settings")).Location is null;

    public void Dispose() => client.Dispose();

    private async Task<VisitedPage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Cookie", Cookies.For(path.Split('?')[0]));
        using var response = await client.SendAsync(request);
        IReadOnlyList<SetCookieHeaderValue> answers = response.Headers.TryGetValues("Set-Cookie", out var lines)
            ? [.. SetCookieHeaderValue.ParseList([.. lines])]
            : [];
        Cookies.Keep(answers);
        return new VisitedPage(path, response.StatusCode, Where(response.Headers.Location), answers, await response.Content.ReadAsStringAsync());
    }

    private string? Where(Uri? location) => location switch
    {
        null => null,
        var to => new Uri(client.BaseAddress!, to) is var whole && whole.Authority == client.BaseAddress!.Authority
            ? whole.PathAndQuery + whole.Fragment
            : whole.AbsoluteUri,
    };
}
