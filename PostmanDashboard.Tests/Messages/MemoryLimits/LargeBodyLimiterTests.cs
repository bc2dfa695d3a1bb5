using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PostmanDashboard.Messages.MemoryLimits;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Rows;

namespace PostmanDashboard.Tests.Messages.MemoryLimits;

/// <summary>An account that sends many large bodies keeps a processor busy, and only one.</summary>
public sealed class LargeBodyLimiterTests
{
    private static readonly string Large = $"<p>{new string('x', LargeBodyLimiter.LargeFrom)}</p>";

    private static readonly byte[] Hostile = TestFiles.OfficeOf([.. Enumerable.Repeat("application/xml", 60_000)]);

    [Fact]
    public async Task An_account_has_one_turn_at_a_time_and_another_doesnt_wait_for_it()
    {
        using var turns = new LargeBodyLimiter();
        var account = Guid.NewGuid();

        var first = await turns.WaitAsync(account, CancellationToken.None);
        var second = turns.WaitAsync(account, CancellationToken.None).AsTask();
        using var other = await turns.WaitAsync(Guid.NewGuid(), CancellationToken.None);

        Assert.True(first.IsAcquired);
        Assert.True(other.IsAcquired);
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var next = await second;
        Assert.True(next.IsAcquired);
    }

    [Fact]
    public async Task Files_wait_their_turn_before_anyone_unpacks_them_and_another_account_doesnt_wait_with_them()
    {
        await using var app = await MessagesApp.StartAsync(perSecond: 100);
        using var other = await MessagesApp.NewClientAsync(app.App, await app.App.AddAccountAsync("tan@agency.gov.sg"), "Payroll");
        var turns = app.App.Services.GetRequiredService<LargeBodyLimiter>();
        using var busy = await turns.WaitAsync(app.Account.Id, CancellationToken.None);
        var sends = Enumerable.Range(0, LargeBodyLimiter.MaxWaiting + 1).Select(_ => app.Client.PostAsync(MessagesApp.Path, HostileFiles())).ToList();

        // The one for whom there is no room to wait is told so, and not what is in its files: nobody has looked.
        using var refused = await await Task.WhenAny(sends);
        Assert.Equal("rate_limit", (await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests)).Code);
        using var others = await other.PostAsync(MessagesApp.Path, HostileFiles());

        Assert.Equal("attachment_format", (await Problem.ReadAsync(others, HttpStatusCode.BadRequest)).Code);
        Assert.Equal(LargeBodyLimiter.MaxWaiting, sends.Count(send => !send.IsCompleted));
        busy.Dispose();
        var answers = await Task.WhenAll(sends);
        Assert.Equal(LargeBodyLimiter.MaxWaiting, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task While_too_many_wait_the_account_is_told_to_come_back_and_small_bodies_and_other_accounts_are_taken()
    {
        await using var app = await MessagesApp.StartAsync();
        using var other = await MessagesApp.NewClientAsync(app.App, await app.App.AddAccountAsync("tan@agency.gov.sg"), "Payroll");
        var turns = app.App.Services.GetRequiredService<LargeBodyLimiter>();
        using var stop = new CancellationTokenSource();
        using var busy = await turns.WaitAsync(app.Account.Id, CancellationToken.None);
        var waiting = Enumerable.Range(0, LargeBodyLimiter.MaxWaiting).Select(_ => turns.WaitAsync(app.Account.Id, stop.Token).AsTask()).ToList();

        using var refused = await app.PostAsync(("body", Large));
        using var small = await app.PostAsync();
        using var others = await MessagesApp.PostAsync(other, MessagesApp.Message(("body", Large)).ToJsonString());

        Assert.Equal("rate_limit", (await Problem.ReadAsync(refused, HttpStatusCode.TooManyRequests)).Code);
        Assert.Equal("1", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Equal(HttpStatusCode.Created, small.StatusCode);
        Assert.Equal(HttpStatusCode.Created, others.StatusCode);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        busy.Dispose();
        using var taken = await app.PostAsync(("body", Large));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    /// <summary>Ten documents of a few kilobytes, each with a list of parts that is a thousand times as long.</summary>
    private static MultipartFormDataContent HostileFiles()
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("raj@agency.gov.sg"), "recipient" },
            { new StringContent("Your grant"), "subject" },
            { new StringContent("<p>Dear Raj</p>"), "body" },
        };
        for (var number = 0; number < 10; number++)
        {
            form.Add(new ByteArrayContent(Hostile), "attachments", $"{number}.docx");
        }

        return form;
    }
}
