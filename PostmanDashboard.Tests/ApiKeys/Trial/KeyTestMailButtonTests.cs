using System.Net;
using AngleSharp.Dom;
using Bunit;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Activity;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Tests.Testing.Components;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

public sealed class KeyTestMailButtonTests : PanelTestContext
{
    private const string Send = "Send me a test mail";

    private readonly ApiKeyToken token = ApiKeyToken.Generate();

    [Fact]
    public async Task What_the_api_accepted_is_said_plainly_and_the_whole_answer_can_be_read()
    {
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.Created, """{"id":"019aef3e","status":"ACCEPTED"}"""));
        var shown = Show();

        await shown.Button(Send).ClickAsync(new());

        Assert.Equal($"201 Created: it is on its way to {Account.Email}.", Said(shown));
        Assert.Contains("\"status\": \"ACCEPTED\"", shown.Find("details pre").TextContent, StringComparison.Ordinal);
        Assert.Equal($"Bearer {token.Plaintext}", Assert.Single(Api.Calls).Authorization);
        Assert.DoesNotContain(token.Plaintext, shown.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "This API key was deleted. Generate a new one in Settings.", "401 Unauthorized")]
    [InlineData(HttpStatusCode.TooManyRequests, "Too many requests. Wait, then send them more slowly.", "429 Too Many Requests")]
    [InlineData(HttpStatusCode.InternalServerError, "Something went wrong on our side. Try again later.", "500 Internal Server Error")]
    public async Task A_refusal_is_shown_with_its_status_and_its_reason(HttpStatusCode status, string message, string named)
    {
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(status, $$"""{"code":"x","message":"{{message}}"}"""));
        var shown = Show();

        await shown.Button(Send).ClickAsync(new());

        Assert.Equal($"{named}: {message}", Said(shown));
        Assert.False(shown.Button(Send).HasAttribute("disabled"));
    }

    [Fact]
    public async Task It_is_part_of_the_keys_activity_once_it_was_accepted()
    {
        var key = await Keys.IssueAsync(Account);
        var shown = Render<KeyTestMailButton>(parameters => parameters
            .Add(button => button.Token, key.Token).Add(button => button.Recipient, Account.Email!).AddCascadingValue("ClientAddress", "192.0.2.7"));
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.TooManyRequests, "{}"));
        await shown.Button(Send).ClickAsync(new());
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.Created, "{}"));
        await shown.Button(Send).ClickAsync(new());

        var activity = await Keys.Get<KeyActivity>().ListAsync(Account.Id, key.Id, null, CancellationToken.None);
        Assert.Equal([KeyEventKind.TestMailSent, KeyEventKind.Generated], activity.Select(e => e.Kind));
        Assert.Equal("192.0.2.7", activity[0].ActorAddress);
    }

    [Fact]
    public async Task Markup_in_an_answer_is_text()
    {
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.BadRequest, """{"message":"<img src=x>"}"""));
        var shown = Show();

        await shown.Button(Send).ClickAsync(new());

        Assert.Empty(shown.FindAll("img"));
        Assert.Contains("<img src=x>", Said(shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_the_page_says_so_and_the_next_try_may_succeed()
    {
        Api.Answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        var shown = Show();

        await shown.Button(Send).ClickAsync(new());

        Assert.Equal("No answer: No connection could be made. The server tried to reach itself at https://postman.example.", Said(shown));
        Api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.Created, "{}"));
        await shown.Button(Send).ClickAsync(new());
        Assert.StartsWith("201 Created", Said(shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_expected_takes_nothing_down()
    {
        Api.Answer = _ => throw new InvalidOperationException("An inner matter.");
        var shown = Show();

        await shown.Button(Send).ClickAsync(new());

        Assert.Contains("please try again", Said(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("inner matter", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_waits_it_says_so_and_a_second_click_sends_nothing()
    {
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        Api.Answer = _ => answered.Task;
        var shown = Show();

        var first = shown.Button(Send).ClickAsync(new());
        // A browser may have sent this one before it learnt that the button is disabled.
        await shown.Button(Send).ClickAsync(new());

        Assert.Equal("Calling the API…", Said(shown));
        Assert.True(shown.Button(Send).HasAttribute("disabled"));
        answered.SetResult(CannedAnswers.Json(HttpStatusCode.Created, "{}"));
        await first;
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Once_the_key_is_gone_nothing_is_sent()
    {
        var shown = Show();
        shown.Render(parameters => parameters.Add(button => button.Token, null).Add(button => button.Recipient, Account.Email!));

        await shown.Button(Send).ClickAsync(new());

        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task Whoever_leaves_meanwhile_ends_the_call()
    {
        var ended = new TaskCompletionSource();
        Api.Answer = async cancellationToken =>
        {
            await using var registration = cancellationToken.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("The wait has no end of its own.");
        };
        var shown = Show();
        var sending = shown.Button(Send).ClickAsync(new());

        await DisposeComponentsAsync();

        await ended.Task.InTimeAsync();
        await sending;
    }

    private IRenderedComponent<KeyTestMailButton> Show() =>
        Render<KeyTestMailButton>(parameters => parameters.Add(button => button.Token, token).Add(button => button.Recipient, Account.Email!));

    private static string Said(IRenderedComponent<KeyTestMailButton> shown) => shown.Find("[role=status]").TextContent.Trim();
}
