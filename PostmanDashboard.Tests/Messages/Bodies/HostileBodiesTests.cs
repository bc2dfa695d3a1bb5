using System.Net;
using System.Net.Http.Headers;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Database;

namespace PostmanDashboard.Tests.Messages.Bodies;

/// <summary>Bodies for which a parser calls itself until it is out of stack, which ends a process. So they go to one of their own.</summary>
public sealed class HostileBodiesTests
{
    private static readonly string[] Bodies =
    [
        .. ((string[])["border-top-width:calc(", "width:calc(", "line-height:calc(", "margin:calc("]).Select(value => Style(value, "(")),
        Style("width:", "calc("),
        Style("width:calc(", "1px+"),
        Style("width:", "min(1px,"),
        Style("color:", "var(--a,"),
        Style("background-image:", "linear-gradient("),
        Style("", "a{"),
        Sheet("a{width:calc(", "("),
        Sheet("", ":not("),
        Sheet("", "@media a{"),
        Sheet("@supports ", "not("),
        $"<style media=\"{Repeat("(")}\">a{{}}</style>x",
        $"<img sizes=\"{Repeat("calc(")}\" srcset=\"a 1w\" src=\"https://agency.gov.sg\">x",
        Repeat("<div>"), Repeat("<svg><desc>"), Repeat("<math><mi>"), Repeat("<template>"), Repeat("<select><option>"), Repeat("<table><td>"), Repeat("<b><p>"),
    ];

    [Fact]
    public async Task No_body_ends_the_program()
    {
        using var database = new TestDatabase();
        var token = await database.AddLiveKeyAsync(await database.AddAccountAsync("mei@agency.gov.sg"));
        await using var dashboard = await DashboardProcess.StartAsync(Path.GetDirectoryName(database.File)!, ("Messages:PerSecond", "1000"));
        dashboard.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Plaintext);

        foreach (var body in Bodies)
        {
            using var response = await MessagesApp.PostAsync(dashboard.Client, MessagesApp.Message(("body", body)).ToJsonString());
            Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.BadRequest, $"{response.StatusCode}: {body[..100]}");
        }
    }

    private static string Style(string beginning, string more) => $"<p style=\"{beginning}{Repeat(more)}\">x</p>";

    private static string Sheet(string beginning, string more) => $"<style>{beginning}{Repeat(more)}</style>x";

    private static string Repeat(string html) => string.Concat(Enumerable.Repeat(html, 500_000 / html.Length));
}
