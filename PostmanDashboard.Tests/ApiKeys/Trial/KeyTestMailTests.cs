using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PostmanDashboard.ApiKeys;
using PostmanDashboard.ApiKeys.Trial;
using PostmanDashboard.Shell.Settings;
using PostmanDashboard.Tests.Testing.Application;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.ApiKeys.Trial;

/// <summary>The program's call of its own API.</summary>
public sealed class KeyTestMailTests : IDisposable
{
    private const string Mei = "mei@agency.gov.sg";

    private readonly CannedAnswers api = new();
    private readonly NoServer server = new();
    private readonly ApiKeyToken token = ApiKeyToken.Generate();

    public void Dispose()
    {
        api.Dispose();
        server.Dispose();
    }

    [Theory]
    [InlineData("https://postman.example", "https://postman.example/v1/transactional/email/send", "postman.example")]
    [InlineData("https://postman.example", "http://localhost:5080/v1/transactional/email/send", "postman.example", "http://[::]:5080")]
    [InlineData("https://postman.example:8443/", "http://localhost:5080/v1/transactional/email/send", "postman.example:8443", "https://localhost:5081",
        "http://localhost:5080")]
    [InlineData("https://postman.example", "https://localhost:5081/v1/transactional/email/send", "postman.example", "https://0.0.0.0:5081")]
    [InlineData("https://postman.example", "http://10.0.0.5:80/v1/transactional/email/send", "postman.example", "http://unix:/run/postman.sock",
        "http://10.0.0.5:80")]
    [InlineData("https://postman.example", "https://postman.example/v1/transactional/email/send", "postman.example", "http://unix:/run/postman.sock")]
    [InlineData("", "http://127.0.0.1:5080/v1/transactional/email/send", "127.0.0.1:5080", "http://127.0.0.1:5080")]
    public async Task The_call_goes_straight_to_where_the_program_listens_in_the_name_of_its_public_address(
        string baseUrl, string called, string host, params string[] listening)
    {
        Listen(listening);

        await SendAsync(baseUrl);

        var call = Assert.Single(api.Calls);
        Assert.Equal(new Uri(called), call.Address);
        Assert.Equal(host, call.Host);
        Assert.Equal($"Bearer {token.Plaintext}", call.Authorization);
    }

    [Fact]
    public async Task The_mail_is_for_the_account_and_says_which_key_it_is_without_telling_it()
    {
        await SendAsync();

        var call = Assert.Single(api.Calls);
        Assert.Equal(Mei, JsonDocument.Parse(call.Body).RootElement.GetProperty("recipient").GetString());
        Assert.Contains(token.Hint, call.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Plaintext, call.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Plaintext, call.Address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_not_taken_for_a_success()
    {
        api.Answer = _ => Task.FromResult(CannedAnswers.Text(HttpStatusCode.OK, "<h1>Welcome to the proxy</h1>", MediaTypeNames.Text.Html));

        var answered = Assert.IsType<KeyTestResult.Answered>(await SendAsync());

        Assert.False(answered.Accepted);
        Assert.Equal("200 OK", answered.Status);
        Assert.Null(answered.Json);
    }

    [Theory]
    [InlineData("\"a text\"")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"message\":null}")]
    public async Task Json_of_any_shape_is_shown(string json)
    {
        api.Answer = _ => Task.FromResult(CannedAnswers.Json(HttpStatusCode.BadGateway, json));

        var answered = Assert.IsType<KeyTestResult.Answered>(await SendAsync());

        Assert.Equal("502 Bad Gateway", answered.Status);
        Assert.True(string.IsNullOrEmpty(answered.Message));
        Assert.NotNull(answered.Json);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_waited_for()
    {
        api.Answer = _ => throw new TaskCanceledException("Too long.", new TimeoutException());

        var nothing = Assert.IsType<KeyTestResult.Unanswered>(await SendAsync());

        Assert.Contains("within 20 seconds", nothing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_meanwhile_waits_for_nothing()
    {
        using var left = new CancellationTokenSource();
        api.Answer = cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith<HttpResponseMessage>(
            _ => throw new OperationCanceledException(cancellationToken), TaskScheduler.Default);
        var sending = SendAsync(cancellationToken: left.Token);

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Where_nothing_listens_the_answer_says_so_and_where()
    {
        var address = $"http://127.0.0.1:{DashboardProcess.FreePort()}";
        var services = new ServiceCollection().AddSingleton(Address(address));
        services.AddTrial();
        await using var provider = services.BuildServiceProvider();

        var answer = await provider.GetRequiredService<KeyTestMail>().SendAsync(token, Mei, CancellationToken.None);

        Assert.Equal(
            $"No connection could be made. The server tried to reach itself at {address}.",
            Assert.IsType<KeyTestResult.Unanswered>(answer).Why);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_real_api_sends_the_mail_and_no_log_holds_the_key(bool listens)
    {
        using var logs = new RecordingLogs();
        await using var app = new DashboardApplication { Logs = logs };
        if (listens)
        {
            app.Listen();
        }

        var issued = await app.IssueKeyAsync(await app.AddAccountAsync(Mei));

        var answer = await app.Services.GetRequiredService<KeyTestMail>().SendAsync(issued.Token, Mei, CancellationToken.None);

        var answered = Assert.IsType<KeyTestResult.Answered>(answer);
        Assert.Equal("201 Created", answered.Status);
        Assert.True(answered.Accepted);
        await app.RunJobsAsync();
        Assert.Single(app.Mail.To(Mei), mail => mail.Subject == "Your Postman API key works");
        Assert.NotEmpty(logs.Text);
        Assert.DoesNotContain(issued.Token.Plaintext, logs.Text, StringComparison.Ordinal);
    }

    private Task<KeyTestResult> SendAsync(string baseUrl = "https://postman.example", CancellationToken cancellationToken = default) =>
        new KeyTestMail(api, Address(baseUrl), new SelfCallMarker()).SendAsync(token, Mei, cancellationToken);

    private PublicAddress Address(string baseUrl) => new(Options.Create(new PublicOptions { BaseUrl = baseUrl }), server, new ConfigurationBuilder().Build());

    private void Listen(string[] addresses)
    {
        var feature = new ServerAddressesFeature();
        foreach (var address in addresses)
        {
            feature.Addresses.Add(address);
        }

        server.Features.Set<IServerAddressesFeature>(feature);
    }
}
