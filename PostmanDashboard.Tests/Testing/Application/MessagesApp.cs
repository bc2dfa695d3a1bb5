using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PostmanDashboard.Accounts;
using PostmanDashboard.Mail;
using PostmanDashboard.Messages;
using PostmanDashboard.Tests.Testing.Http;
using PostmanDashboard.Tests.Testing.Smtp;

namespace PostmanDashboard.Tests.Testing.Application;

/// <summary>The dashboard with an account, a key, and what a program does to send messages.</summary>
public sealed class MessagesApp : IAsyncDisposable
{
    public const string Path = "/v1/transactional/email/send";
    public const string Service = "donotreply@postman.example";
    public const string Mei = "mei@agency.gov.sg";

    private MessagesApp(DashboardApplication app, Account account, HttpClient client) => (App, Account, Client) = (app, account, client);

    public DashboardApplication App { get; }

    public Account Account { get; }

    /// <summary>Calls with the key of <see cref="Account"/>.</summary>
    public HttpClient Client { get; }

    /// <param name="smtpPort">Where a real mail server listens. Null keeps mails in <see cref="DashboardApplication.Mail"/>.</param>
    /// <param name="perSecond">How many messages an account may send a second, by a clock that stands still. Null for what is usual.</param>
    public static async Task<MessagesApp> StartAsync(int? smtpPort = null, int? perSecond = null)
    {
        var app = new DashboardApplication { UsesRealTransport = smtpPort is not null };
        if (perSecond is not null)
        {
            app.Settings["Messages:PerSecond"] = $"{perSecond}";
        }

        if (smtpPort is not null)
        {
            app.Settings["Mail:Smtp:Host"] = TestSmtpServer.Host;
            app.Settings["Mail:Smtp:Port"] = $"{smtpPort}";
            app.Settings["Mail:Smtp:Security"] = "None";
        }

        var account = await app.AddAccountAsync(Mei);
        return new MessagesApp(app, account, await NewClientAsync(app, account, "Grant system"));
    }

    /// <summary>Calls with a new key of an account, which has no mail of its own in the outbox.</summary>
    public static async Task<HttpClient> NewClientAsync(DashboardApplication app, Account account, string label)
    {
        var key = await app.IssueKeyAsync(account, label);
        await using var db = app.CreateDbContext();
        await db.OutgoingMails.Where(mail => mail.ApiKeyId == key.Id).ExecuteDeleteAsync();
        return app.CreateClient(key.Token);
    }

    /// <summary>A message as small as can be, with members that are changed or added; null takes one out.</summary>
    public static JsonObject Message(params (string Name, JsonNode? Value)[] members)
    {
        var message = new JsonObject { ["recipient"] = "raj@agency.gov.sg", ["subject"] = "Your grant", ["body"] = "<p>Dear Raj</p>" };
        foreach (var (name, value) in members)
        {
            message[name] = value;
            if (value is null)
            {
                message.Remove(name);
            }
        }

        return message;
    }

    public Task<HttpResponseMessage> PostAsync(params (string Name, JsonNode? Value)[] members) => PostAsync(Message(members).ToJsonString());

    public Task<HttpResponseMessage> PostAsync(string json, string? idempotencyKey = null) => PostAsync(Client, json, idempotencyKey);

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string json, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Sends, and expects that the message is accepted.</summary>
    public async Task<JsonElement> SendAsync(params (string Name, JsonNode? Value)[] members)
    {
        using var response = await PostAsync(members);
        return await AcceptedAsync(response);
    }

    public static async Task<JsonElement> AcceptedAsync(HttpResponseMessage response)
    {
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends, and expects a refusal with one code.</summary>
    public async Task<Problem> RefusedAsync(string code, params (string Name, JsonNode? Value)[] members)
    {
        using var response = await PostAsync(members);
        var problem = await Problem.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(code, problem.Code);
        return problem;
    }

    public async Task<Message> OnlyMessageAsync()
    {
        await using var db = App.CreateDbContext();
        return await db.Messages.AsNoTracking().SingleAsync();
    }

    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync()
    {
        await using var db = App.CreateDbContext();
        return await db.OutgoingMails.AsNoTracking().ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
