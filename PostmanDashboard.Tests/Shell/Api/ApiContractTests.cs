using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Access;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Mail.Transports;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Messages.Sending;
using PostmanDashboard.Tests.ApiKeys.Access;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Shell.Api;

/// <summary>What <c>/openapi/v1.json</c> says of an answer is what programs get: statuses, headers, members, types, and no member more.</summary>
public sealed class ApiContractTests : AsyncLifetime, IDisposable
{
    private const string Current = "/v1/api-keys/current";
    private const string Send = "/v1/transactional/email/send";
    private const string List = "/v1/transactional/email";
    private const string Mei = "mei@agency.gov.sg";
    private const string Raj = "raj@agency.gov.sg";

    private readonly DashboardApplication app = new() { Settings = { ["Messages:PerSecond"] = "100" } };
    private IssueApiKeyResult.Issued key = null!;
    private HttpClient client = null!;
    private ApiContract contract = null!;

    private static object Mail => new { recipient = Raj, subject = "Your grant", body = "<p>It is approved.</p>" };

    public override async Task InitializeAsync()
    {
        key = await app.IssueKeyAsync(await app.AddAccountAsync(Mei), "Grant system", ApiKeyLifetime.Days30);
        client = app.CreateClient(key.Token);
        contract = await ApiContract.ReadAsync(client);
    }

    public void Dispose()
    {
        client.Dispose();
        app.Dispose();
    }

    [Fact]
    public async Task Every_answer_of_every_call_is_as_described()
    {
        var sent = await SendAsync(Mail);
        await ExpectAsync(HttpStatusCode.Created,
            Post(new
            {
                recipient = Raj,
                subject = "A",
                body = "B",
                cc = (string[])["c@agency.gov.sg"],
                bcc = (string[])[],
                from = Mei,
                reply_to = Raj,
                classification = "URGENT",
                tag = "t"
            }));
        await ExpectAsync(HttpStatusCode.Created, new HttpRequestMessage(HttpMethod.Post, Send) { Content = Form("figures.csv", 10) });
        await ExpectAsync(HttpStatusCode.OK, Get($"{List}/{sent}"));
        await ExpectAsync(HttpStatusCode.OK, Get(Current));
        await ExpectListsAsync();
        await ExpectMistakesAsync();
        await ExpectRefusalsAsync();
        await ExpectFailuresAsync();
        await ExpectAsync(HttpStatusCode.NoContent, new HttpRequestMessage(HttpMethod.Delete, Current));

        Assert.Equal([], contract.Missed);
    }

    [Fact]
    public async Task The_example_of_a_message_can_be_sent_as_it_stands()
    {
        var example = contract.ExampleOf($"post {Send}");

        await ExpectAsync(HttpStatusCode.Created, Post(example, "application/json"));
    }

    [Fact]
    public async Task Every_member_of_a_message_that_is_described_is_read_and_no_other()
    {
        var members = contract.MembersOf($"post {Send}").Append("more");
        using var request = Post(members.ToDictionary(name => name, _ => true));
        using var response = await client.SendAsync(request);

        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);

        Assert.Equal(members.SkipLast(1).Order(StringComparer.Ordinal), problem.Errors!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            MessageFields.Names.All.Order(StringComparer.Ordinal),
            problem.Errors.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Messages in each state, with and without what was sent.</summary>
    private async Task ExpectListsAsync()
    {
        app.Mail.Refuse(Mei, new MailDelivery.Refused("550 5.1.1 No such mailbox", IsFinal: true));
        var bounced = await SendAsync(new { recipient = Mei, subject = "Your grant", body = "<p>It is approved.</p>" });
        await app.RunJobsAsync();
        await SendAsync(Mail);

        await ExpectAsync(HttpStatusCode.OK, Get($"{List}/{bounced}"));
        await ExpectAsync(HttpStatusCode.OK, Get(List));
        await ExpectAsync(HttpStatusCode.OK, Get($"{List}?exclude_params=true"));
        await ExpectAsync(HttpStatusCode.OK, Get($"{List}?tag=nothing-has-this"));
    }

    private async Task ExpectMistakesAsync()
    {
        await ExpectAsync(HttpStatusCode.BadRequest, Post(new { recipient = "raj", from = "minister@agency.gov.sg" }));
        await ExpectAsync(HttpStatusCode.BadRequest, Post("{", "application/json"));
        await ExpectAsync(HttpStatusCode.UnsupportedMediaType, Post("{}", "text/plain"));
        await ExpectAsync(HttpStatusCode.BadRequest, Get($"{List}?limit=0&status=LOST"));
        await ExpectAsync(HttpStatusCode.NotFound, Get($"{List}/{Guid.NewGuid()}"));
        await ExpectAsync(HttpStatusCode.RequestEntityTooLarge, new HttpRequestMessage(HttpMethod.Post, Send) { Content = Form("figures.csv", 11_000_000) });
        await ExpectAsync(HttpStatusCode.Created, Named(Mail));
        await ExpectAsync(HttpStatusCode.Created, Named(Mail));
        await ExpectAsync(HttpStatusCode.UnprocessableEntity, Named(new { recipient = Mei, subject = "Another one", body = "<p>B</p>" }));
    }

    /// <summary>Every call without a key and with several.</summary>
    private async Task ExpectRefusalsAsync()
    {
        using var nobody = app.CreateClient();
        using var several = app.CreateClient();
        several.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer a, Bearer b");
        foreach (var (without, tooMany) in EveryOperation().Zip(EveryOperation()))
        {
            await ExpectAsync(HttpStatusCode.Unauthorized, without, nobody);
            await ExpectAsync(HttpStatusCode.BadRequest, tooMany, several);
        }

        await ExpectForbiddenAsync();
        for (var number = 0; number < 100; number++)
        {
            using var response = await client.SendAsync(Post("{}", "application/json"));
        }

        await ExpectAsync(HttpStatusCode.TooManyRequests, Post(Mail));
        await ExpectTooManyAnswersAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await ExpectRefusalWhileOthersSendAsync();
    }

    private async Task ExpectForbiddenAsync()
    {
        await using var db = app.CreateDbContext();
        var account = await db.Users.SingleAsync();
        await app.GiveAsync(account, key.Id, KeyAccess.SendOnly);
        await ExpectAsync(HttpStatusCode.Forbidden, Get(List));
        await ExpectAsync(HttpStatusCode.Forbidden, Get($"{List}/{Guid.NewGuid()}"));
        await app.GiveAsync(account, key.Id, KeyAccess.Full);
        await app.AllowAsync(account, key.Id, "203.0.113.0/24");
        await ExpectAsync(HttpStatusCode.Forbidden, Post("{}", "application/json"));
        await ExpectAsync(HttpStatusCode.Forbidden, Get(Current));
        await ExpectAsync(HttpStatusCode.Forbidden, new HttpRequestMessage(HttpMethod.Delete, Current));
        await app.AllowAsync(account, key.Id, "");
    }

    private async Task ExpectRefusalWhileOthersSendAsync()
    {
        var budget = app.Services.GetRequiredService<ReadingBudget>();
        var others = Enumerable.Range(0, (int)(ReadingBudget.OfAll / ReadingBudget.OfAccount)).Select(_ => budget.Open(Guid.NewGuid())).ToList();
        others.ForEach(share => share.GrowTo(ReadingBudget.OfAccount + ReadingBudget.Uncounted));

        await ExpectAsync(HttpStatusCode.ServiceUnavailable, Post(new { recipient = Raj, subject = "Your grant", body = new string('x', 100_000) }));

        others.ForEach(share => share.Dispose());
    }

    private async Task ExpectTooManyAnswersAsync()
    {
        await using var db = app.CreateDbContext();
        var accountId = (await db.ApiKeys.SingleAsync()).AccountId;
        var turns = app.Services.GetRequiredService<ResponseLimiter>();
        using var busy = await turns.WaitAsync(accountId, ResponseLimiter.Shares, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, ResponseLimiter.MaxWaiting / ResponseLimiter.Shares)
            .Select(_ => turns.WaitAsync(accountId, ResponseLimiter.Shares, stop.Token).AsTask()).ToList();
        await ExpectAsync(HttpStatusCode.TooManyRequests, Get(List));
        await ExpectAsync(HttpStatusCode.TooManyRequests, Get($"{List}/{Guid.NewGuid()}"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    /// <summary>Every call while the database fails.</summary>
    private async Task ExpectFailuresAsync()
    {
        await using var db = app.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "KeyChanges" RENAME TO "Lost" """);
        foreach (var request in EveryOperation())
        {
            await ExpectAsync(HttpStatusCode.InternalServerError, request);
        }

        await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Lost" RENAME TO "KeyChanges" """);
    }

    private IEnumerable<HttpRequestMessage> EveryOperation() => contract.Operations.Select(operation => operation.Split(' '))
        .Select(operation => new HttpRequestMessage(new HttpMethod(operation[0]), operation[1].Replace("{id}", $"{Guid.NewGuid()}", StringComparison.Ordinal)));

    private async Task<string> SendAsync(object mail)
    {
        var body = await ExpectAsync(HttpStatusCode.Created, Post(mail));
        return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
    }

    private async Task<string> ExpectAsync(HttpStatusCode status, HttpRequestMessage request, HttpClient? by = null)
    {
        using (request)
        {
            var sent = request.Content is { Headers.ContentType.MediaType: "application/json" } json ? await json.ReadAsStringAsync() : null;
            using var response = await (by ?? client).SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(status == response.StatusCode, $"{request.Method} {request.RequestUri} answered {response.StatusCode} and not {status}: {body}");
            await contract.AssertDescribesAsync(response, sent);
            return body;
        }
    }

    private static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address);

    private static HttpRequestMessage Post(object mail) => new(HttpMethod.Post, Send) { Content = JsonContent.Create(mail) };

    private static HttpRequestMessage Post(string text, string type) => new(HttpMethod.Post, Send) { Content = new StringContent(text, Encoding.UTF8, type) };

    private static HttpRequestMessage Named(object mail)
    {
        var request = Post(mail);
        request.Headers.Add("Idempotency-Key", "grant-815");
        return request;
    }

    private static MultipartFormDataContent Form(string fileName, int size)
    {
        var file = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('1', size)));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return new MultipartFormDataContent
        {
            { new StringContent(Raj), "recipient" },
            { new StringContent("Your grant"), "subject" },
            { new StringContent("<p>It is approved.</p>"), "body" },
            { file, "attachments", fileName },
        };
    }
}
