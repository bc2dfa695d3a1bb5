using AngleSharp.Html.Parser;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The forms of the pages that sign people in, as a browser without scripts fills them in.</summary>
internal static class SignInForms
{
    /// <summary>Fills in the one field of the form with this button, and follows where it leads.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, string button, string field, string value)
    {
        var html = await browser.GetStringAsync(new Uri(page, UriKind.Relative));
        using var document = await new HtmlParser().ParseDocumentAsync(html);
        var form = document.QuerySelectorAll("form").Single(form => form.QuerySelector("button")?.TextContent == button);
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);
        fields[field] = value;
        return await browser.PostAsync(new Uri(page, UriKind.Relative), new FormUrlEncodedContent(fields));
    }
}
