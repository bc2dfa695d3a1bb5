using System.Net;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;

namespace PostmanDashboard.Tests.Messages.MemoryLimits;

/// <summary>What is read of messages at once is bounded, for an account and in all, and small messages are never in the way of that.</summary>
public sealed class ReadingBudgetTests
{
    private const int TenMegabytes = 10_000_000;

    private readonly ReadingBudget budget = new();
    private readonly Guid mei = Guid.NewGuid();

    [Fact]
    public void An_account_may_send_so_much_at_a_time_and_again_when_some_of_it_is_through()
    {
        using var first = budget.Open(mei);
        using var second = budget.Open(mei);
        first.GrowTo(ReadingBudget.OfAccount + ReadingBudget.Uncounted);

        Assert.Equal(429, Assert.Throws<ReadingRefusedException>(() => second.GrowTo(ReadingBudget.Uncounted + 1)).StatusCode);
        second.GrowTo(ReadingBudget.Uncounted);
        first.Dispose();
        second.GrowTo(ReadingBudget.OfAccount);
    }

    [Fact]
    public void All_accounts_together_may_send_so_much_at_a_time()
    {
        var shares = Enumerable.Range(0, (int)(ReadingBudget.OfAll / ReadingBudget.OfAccount)).Select(_ => budget.Open(Guid.NewGuid())).ToList();
        shares.ForEach(share => share.GrowTo(ReadingBudget.OfAccount + ReadingBudget.Uncounted));
        using var one = budget.Open(mei);

        Assert.Equal(503, Assert.Throws<ReadingRefusedException>(() => one.GrowTo(ReadingBudget.Uncounted + 1)).StatusCode);
        shares.ForEach(share => share.Dispose());
        one.GrowTo(ReadingBudget.OfAccount);
    }

    [Fact]
    public void What_is_through_takes_up_no_memory()
    {
        using (var share = budget.Open(mei))
        {
            share.GrowTo(TenMegabytes);
            Assert.Equal(1, budget.Remembered);
        }

        Assert.Equal(0, budget.Remembered);
    }

    [Fact]
    public async Task Of_forty_slow_sends_of_ten_megabytes_a_few_are_read_and_nothing_of_the_others()
    {
        await using var app = new DashboardApplication { Settings = { ["Messages:PerSecond"] = "1000" } };
        var address = app.Listen();
        var flooding = await app.IssueKeyAsync(await app.AddAccountAsync("flood@agency.gov.sg"));
        var callers = new List<RawConnection>();
        try
        {
            var read = new List<RawConnection>();
            for (var number = 0; number < 40; number++)
            {
                var caller = await AnnounceAsync(address, flooding.Token.Plaintext, $"Content-Length: {TenMegabytes}", "Expect: 100-continue");
                callers.Add(caller);
                // 100: go on; or the refusal.
                if (await caller.ReadStatusAsync() is var status && status != 429)
                {
                    Assert.Equal(100, status);
                    read.Add(caller);
                }
            }

            Assert.Equal((int)(ReadingBudget.OfAccount / TenMegabytes), read.Count);
            await AssertIsSentAsync(address, flooding.Token.Plaintext, 100, HttpStatusCode.Created);
            await AssertIsSentAsync(address, flooding.Token.Plaintext, 900_000, HttpStatusCode.Created);
            var other = await app.IssueKeyAsync(await app.AddAccountAsync(MessagesApp.Mei));
            await AssertIsSentAsync(address, other.Token.Plaintext, 1_000_000, HttpStatusCode.Created);
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
        }
    }

    [Fact]
    public async Task A_message_that_doesnt_say_how_long_it_is_is_refused_when_there_is_no_room_for_more_of_it()
    {
        await using var app = await MessagesApp.StartAsync();
        var budgetOfApp = (ReadingBudget)app.App.Services.GetService(typeof(ReadingBudget))!;
        using var busy = budgetOfApp.Open(app.Account.Id);
        busy.GrowTo(ReadingBudget.OfAccount + ReadingBudget.Uncounted);
        using var request = new HttpRequestMessage(HttpMethod.Post, MessagesApp.Path) { Content = LargeMessage(500_000) };
        request.Headers.TransferEncodingChunked = true;

        using var refused = await app.Client.SendAsync(request);

        Assert.Equal("rate_limit", (await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests)).Code);
        Assert.Equal("5", Assert.Single(refused.Headers.GetValues("Retry-After")));
        busy.Dispose();
        using var taken = await app.Client.PostAsync(new Uri(MessagesApp.Path, UriKind.Relative), LargeMessage(500_000));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    private static StringContent LargeMessage(int length) =>
        new(MessagesApp.Message(("body", $"<p>{new string('x', length)}</p>")).ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static async Task<RawConnection> AnnounceAsync(Uri address, string token, params string[] headers)
    {
        var caller = await RawConnection.OpenAsync(address);
        await caller.AnnounceAsync(MessagesApp.Path, [$"Authorization: Bearer {token}", "Content-Type: multipart/form-data; boundary=x", .. headers]);
        return caller;
    }

    private static async Task AssertIsSentAsync(Uri address, string token, int length, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        using var response = await client.PostAsync(new Uri(MessagesApp.Path, UriKind.Relative), LargeMessage(length));
        Assert.Equal(expected, response.StatusCode);
    }
}
