using System.Net;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.Sending.Receipts;

/// <summary>A send that is repeated under the same <c>Idempotency-Key</c> sends nothing more.</summary>
public sealed class IdempotencyTests
{
    private static readonly string Json = MessagesApp.Message().ToJsonString();

    [Fact]
    public async Task The_same_again_is_answered_with_the_same_message_as_it_is_now()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var first = await app.PostAsync(Json, "grant-1");
        await app.App.RunJobsAsync();

        // Other spaces and another order, but the same request.
        using var second = await app.PostAsync("""{ "body": "<p>Dear Raj</p>", "subject": "Your grant", "recipient": "raj@agency.gov.sg" }""", "grant-1");
        await app.App.RunJobsAsync();

        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        var answer = await MessagesApp.AcceptedAsync(second);
        Assert.Equal((await MessagesApp.AcceptedAsync(first)).GetProperty("id").GetGuid(), answer.GetProperty("id").GetGuid());
        Assert.Equal("SENT", answer.GetProperty("status").GetString());
        Assert.Single(app.App.Mail.Sent);
    }

    [Fact]
    public async Task Another_message_under_the_same_key_is_refused()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var first = await app.PostAsync(Json, "grant-1");

        using var second = await app.PostAsync(MessagesApp.Message(("subject", "Another grant")).ToJsonString(), "grant-1");

        Assert.Equal("api_validation", (await Problem.ReadAsync(second, HttpStatusCode.UnprocessableEntity)).Code);
        await app.OnlyMessageAsync();
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_again()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var first = await app.PostAsync(Json, "grant-1");

        app.App.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        using var within = await app.PostAsync(Json, "grant-1");
        app.App.Clock.Advance(TimeSpan.FromTicks(1));
        using var after = await app.PostAsync(Json, "grant-1");
        using var again = await app.PostAsync(Json, "grant-1");

        Assert.True(within.Headers.Contains("Idempotency-Replayed"));
        Assert.False(after.Headers.Contains("Idempotency-Replayed"));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        await using var db = app.App.CreateDbContext();
        Assert.Equal(2, await db.Messages.CountAsync());
    }

    [Fact]
    public async Task Twenty_at_once_make_one_message()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);

        var answers = await Together.RunAsync(20, async _ =>
        {
            using var response = await app.PostAsync(Json, "grant-1");
            return (await MessagesApp.AcceptedAsync(response)).GetProperty("id").GetGuid();
        });

        Assert.Equal((await app.OnlyMessageAsync()).Id, Assert.Single(answers.Distinct()));
        Assert.Single(await app.MailsAsync());
    }

    [Fact]
    public async Task Keys_of_two_accounts_have_nothing_to_do_with_each_other_and_those_of_one_account_do()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var sibling = await MessagesApp.NewClientAsync(app.App, app.Account, "Permit system");
        var ann = await app.App.AddAccountAsync("ann@agency.gov.sg");
        using var stranger = await MessagesApp.NewClientAsync(app.App, ann, "Grant system");
        using var strangersSibling = await MessagesApp.NewClientAsync(app.App, ann, "Permit system");

        using var first = await app.PostAsync(Json, "grant-1");
        using var second = await MessagesApp.PostAsync(sibling, Json, "grant-1");
        using var third = await MessagesApp.PostAsync(stranger, Json, "grant-1");
        using var fourth = await MessagesApp.PostAsync(strangersSibling, Json, "grant-1");

        Assert.Equal([false, true, false, true], ((HttpResponseMessage[])[first, second, third, fourth]).Select(
            answer => answer.Headers.Contains("Idempotency-Replayed")));
        var (ours, theirs) = (await MessagesApp.AcceptedAsync(first), await MessagesApp.AcceptedAsync(third));
        Assert.Equal(ours.GetRawText(), (await MessagesApp.AcceptedAsync(second)).GetRawText());
        Assert.Equal(theirs.GetRawText(), (await MessagesApp.AcceptedAsync(fourth)).GetRawText());
        Assert.Equal("ann@agency.gov.sg", theirs.GetProperty("params").GetProperty("reply_to").GetString());
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("é")]
    [InlineData("a, b")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);

        using var response = await app.PostAsync(Json, key);
        using var tooLong = await app.PostAsync(Json, new string('x', 256));
        using var longest = await app.PostAsync(Json, new string('x', 255));

        foreach (var refused in (HttpResponseMessage[])[response, tooLong])
        {
            Assert.Equal(["Idempotency-Key"], (await Problem.ReadAsync(refused, HttpStatusCode.BadRequest)).Errors!.Keys);
        }

        await MessagesApp.AcceptedAsync(longest);
    }

    [Fact]
    public async Task A_refused_request_uses_no_key_up()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 10_000);
        using var refused = await app.PostAsync("""{"recipient":"nobody","subject":"s","body":"b"}""", "grant-1");
        using var right = await app.PostAsync(Json, "grant-1");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await MessagesApp.AcceptedAsync(right);
    }
}
