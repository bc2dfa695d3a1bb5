using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Accounts;
using PostmanDashboard.ApiKeys.Issuing;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;
using PostmanDashboard.Tests.Testing.Tools;

namespace PostmanDashboard.Tests.Messages.MemoryLimits;

/// <summary>Answers that nobody reads hold no more than an account may hold, and not for long.</summary>
public sealed class ResponseLimiterTests : AsyncLifetime, IDisposable
{
    private const string List = "/v1/transactional/email?limit=1000";

    private readonly DashboardApplication app = new();
    private Account account = null!;
    private IssueApiKeyResult.Issued key = null!;

    private ResponseLimiter Turns => app.Services.GetRequiredService<ResponseLimiter>();

    public override async Task InitializeAsync()
    {
        app.Listen();
        account = await app.AddAccountAsync("mei@agency.gov.sg");
        key = await app.IssueKeyAsync(account);
    }

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task A_reader_who_takes_nothing_is_cut_off_and_the_turn_is_free_again()
    {
        await AddLargeMessagesAsync(24);
        using var deaf = await AskAsync();
        await UntilAsync(() => !Turns.IsIdle(account.Id));

        await UntilAsync(() =>
        {
            app.Clock.Advance(TimedResponseBody.Patience);
            return Turns.IsIdle(account.Id);
        });

        Assert.True(await ReadToEndAsync(deaf) < 24 * 1024 * 1024);
    }

    [Fact]
    public async Task While_an_account_reads_as_much_as_it_may_others_of_it_wait_and_other_accounts_dont()
    {
        using var client = app.CreateClient(key.Token);
        using var stranger = app.CreateClient((await app.IssueKeyAsync(await app.AddAccountAsync("tan@agency.gov.sg"))).Token);
        var busy = await Turns.WaitAsync(account.Id, ResponseLimiter.Shares, CancellationToken.None);

        var waiting = client.GetAsync(List);
        using var others = await stranger.GetAsync(List);

        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        Assert.False(waiting.IsCompleted);
        busy.Dispose();
        using var answered = await waiting;
        Assert.Equal("""{"has_more":false,"data":[]}""", await answered.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Four_lists_of_an_account_are_answered_at_a_time_and_the_fifth_waits()
    {
        var lists = Enumerable.Range(0, 5).Select(_ => Turns.WaitAsync(account.Id, ReadLimits.Many, CancellationToken.None).AsTask()).ToList();

        Assert.Equal([true, true, true, true, false], lists.Select(list => list.IsCompleted));
        (await lists[0]).Dispose();
        Assert.True((await lists[4]).IsAcquired);
    }

    [Fact]
    public async Task When_too_many_wait_the_account_is_told_to_come_back()
    {
        using var client = app.CreateClient(key.Token);
        using var stop = new CancellationTokenSource();
        using var busy = await Turns.WaitAsync(account.Id, ResponseLimiter.Shares, CancellationToken.None);
        var waiting = Enumerable.Range(0, ResponseLimiter.MaxWaiting / ResponseLimiter.Shares)
            .Select(_ => Turns.WaitAsync(account.Id, ResponseLimiter.Shares, stop.Token).AsTask()).ToList();

        foreach (var address in (string[])[List, $"/v1/transactional/email/{Guid.NewGuid()}"])
        {
            using var refused = await client.GetAsync(address);
            Assert.Equal("rate_limit", (await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests)).Code);
            Assert.Equal("1", Assert.Single(refused.Headers.GetValues("Retry-After")));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
    }

    [Fact]
    public async Task A_list_of_many_large_messages_arrives_whole_at_whoever_reads_it()
    {
        await AddLargeMessagesAsync(5);
        using var client = app.CreateClient(key.Token);

        var list = await client.GetStringAsync(List);

        Assert.Equal(5, list.Split("\"attachments_metadata\"").Length - 1);
        Assert.True(list.Length > 5 * 1024 * 1024);
        Assert.True(Turns.IsIdle(account.Id));
    }

    private async Task AddLargeMessagesAsync(int count)
    {
        await using var db = app.CreateDbContext();
        db.Messages.AddRange(Enumerable.Range(0, count).Select(number =>
            TestMessages.Create(account.Id, key.Id, TestClock.Start.AddSeconds(-number), body: new string('x', 1024 * 1024))));
        await db.SaveChangesAsync();
    }

    /// <summary>Asks for the list, with as little room for the answer as there can be.</summary>
    private async Task<Socket> AskAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        var address = app.ClientOptions.BaseAddress;
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {List} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key.Token.Plaintext}\r\n\r\n"));
        return socket;
    }

    /// <returns>How much came before the connection ended.</returns>
    private static async Task<long> ReadToEndAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        long length = 0;
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            {
                length += read;
            }
        }
        catch (SocketException)
        {
            // Reset, which is an end as well.
        }

        return length;
    }

    private static Task UntilAsync(Func<bool> condition) => Patience.UntilAsync(condition, () => "It doesn't happen.");
}
